using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace EdgeAgent.EndToEnd;

/// <summary>The agent as systemd would run it: a process that logs to stdout and is stopped by signals.</summary>
internal sealed partial class AgentProcess : IAsyncDisposable
{
    public const string StoredDecision = "stored decision ";

    private const int SignalHangUp = 1;
    private const int SignalKill = 9;
    private const int SignalTerminate = 15;
    private const int SignalStop = 19;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Stopwatch _age = Stopwatch.StartNew();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _more = new(0);
    private readonly Task _reading;

    private AgentProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public IEnumerable<string> Lines => _lines;

    /// <summary>Memory that it holds now, without that of its children.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>How long after its start the process had stored its first decision; null before.</summary>
    public TimeSpan? FirstStoredAfter { get; private set; }

    /// <summary>Ids that the log calls stored; it does so only after their commit.</summary>
    public IEnumerable<string> StoredIds => _lines.Select(line => Stored().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    public static AgentProcess Start(string config, string dataDirectory, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Repository.Agent, ["run", "--config", config, "--data-dir", dataDirectory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // As in the shipped unit; without it every killed process leaves its debugger's pipes behind.
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new AgentProcess(Process.Start(start)!);
    }

    public async Task<string> WaitForLineAsync(string text) => (await WaitForLinesAsync(text, count: 1))[0];

    /// <summary>Waits until so many lines hold the text.</summary>
    public async Task<IReadOnlyList<string>> WaitForLinesAsync(string text, int count)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var found = _lines.Where(line => line.Contains(text, StringComparison.Ordinal)).ToArray();
            if (found.Length >= count)
            {
                return found;
            }

            if (_process.HasExited)
            {
                throw new InvalidOperationException($"the agent ended with {_process.ExitCode} before it said \"{text}\":\n{string.Join('\n', _lines)}");
            }

            try
            {
                await _more.WaitAsync(TimeSpan.FromSeconds(1), limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"the agent did not say \"{text}\":\n{string.Join('\n', _lines)}");
            }
        }
    }

    /// <summary>SIGKILL; returns when the process is gone and everything that it wrote was read.</summary>
    public async Task KillAsync()
    {
        Send(_process.Id, SignalKill);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading.WaitAsync(Patience);
    }

    /// <summary>SIGTERM.</summary>
    public async Task<(int ExitCode, TimeSpan Took)> TerminateAsync()
    {
        var started = Stopwatch.StartNew();
        Send(_process.Id, SignalTerminate);
        return await EndAsync(started);
    }

    /// <summary>Waits for the agent to end by itself.</summary>
    public Task<(int ExitCode, TimeSpan Took)> EndAsync() => EndAsync(Stopwatch.StartNew());

    public void HangUp() => Send(_process.Id, SignalHangUp);

    /// <summary>The language worker's process id, once there is one.</summary>
    public async Task<int> WorkerAsync()
    {
        var children = $"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/task/{_process.Id.ToString(CultureInfo.InvariantCulture)}/children";
        using var limit = new CancellationTokenSource(Patience);
        while (!limit.IsCancellationRequested)
        {
            // The file of the main thread lists only its own children; another thread may have started the worker.
            foreach (var thread in Directory.GetDirectories($"/proc/{_process.Id}/task"))
            {
                if (File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var child, ..])
                {
                    return int.Parse(child, CultureInfo.InvariantCulture);
                }
            }

            await Task.Delay(20, limit.Token);
        }

        throw new TimeoutException($"no child in {children}");
    }

    public static void Freeze(int process) => Send(process, SignalStop);

    public static void Kill(int process) => Send(process, SignalKill);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        _more.Dispose();
    }

    private async Task<(int ExitCode, TimeSpan Took)> EndAsync(Stopwatch started)
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        var took = started.Elapsed;
        await _reading.WaitAsync(Patience);
        return (_process.ExitCode, took);
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (FirstStoredAfter is null && line.Contains(StoredDecision, StringComparison.Ordinal))
            {
                FirstStoredAfter = _age.Elapsed;
            }

            _lines.Enqueue(line);
            _more.Release();
        }
    }

    private static void Send(int process, int signal) => _ = SendSignal(process, signal);

    [GeneratedRegex("stored (?:decision|diagnosis) ([0-9a-f-]{36})")]
    private static partial Regex Stored();

#pragma warning disable SYSLIB1054 // Two integers need no generated marshalling, and no unsafe code in the tests.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
#pragma warning restore SYSLIB1054
}
