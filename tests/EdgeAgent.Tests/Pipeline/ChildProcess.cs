using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace EdgeAgent.Tests.Pipeline;

/// <summary>tests/StoreAndSend as a process that is killed.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What was built here; EDGEAGENT_CHILD=DIR/EdgeAgent.StoreAndSend for one that was published, which starts faster.</summary>
    private static readonly string[] Program = Environment.GetEnvironmentVariable("EDGEAGENT_CHILD") is { Length: > 0 } published ? [published]
        : [
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            Path.Combine(Repository.Root, "tests", "StoreAndSend", "bin", "Release", "net10.0", "EdgeAgent.StoreAndSend.dll"),
        ];

    private readonly Stopwatch _age = Stopwatch.StartNew();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<Guid> _stored = new();
    private readonly TaskCompletionSource<TimeSpan> _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TimeSpan> _storedFirst = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly Task _reading;

    private ChildProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>Complete after <see cref="KillAsync"/>.</summary>
    public IEnumerable<Guid> Stored => _stored;

    public TimeSpan? FirstStoredAfter => _storedFirst.Task.IsCompletedSuccessfully ? _storedFirst.Task.Result : null;

    /// <param name="mode">Nothing, or "drain".</param>
    public static ChildProcess Start(string folder, int port, params string[] mode) => new(Process.Start(
        new ProcessStartInfo(Program[0], [.. Program[1..], folder, port.ToString(CultureInfo.InvariantCulture), .. mode])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // As in the shipped unit; without it every killed process leaves its debugger's pipes behind.
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        })!);

    /// <returns>How long after the start the broker acknowledged a message; null and why if it never did.</returns>
    public Task<(TimeSpan? After, string Problem)> FirstAcknowledgementAsync() => AwaitAsync(_acknowledged.Task);

    /// <returns>How long after the start a decision was stored; null and why if none ever was.</returns>
    public Task<(TimeSpan? After, string Problem)> FirstStoredAsync() => AwaitAsync(_storedFirst.Task);

    /// <returns>False if it had ended by itself before.</returns>
    public async Task<bool> KillAsync()
    {
        var alive = !_process.HasExited;
        _process.Kill();
        await EndAsync();
        return alive;
    }

    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(5 * Patience);
        await _reading.WaitAsync(Patience);
        return _process.ExitCode;
    }

    public string Said() => string.Join(" | ", _lines.TakeLast(5));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task<(TimeSpan? After, string Problem)> AwaitAsync(Task<TimeSpan> first)
    {
        var exit = _process.WaitForExitAsync();
        if (await Task.WhenAny(first, exit, Task.Delay(Patience)) == first)
        {
            return (await first, "");
        }

        return (null, _process.HasExited ? $"ended with {_process.ExitCode}: {Said()}" : $"nothing came of it in {Patience}: {Said()}");
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == "acknowledged")
            {
                _acknowledged.TrySetResult(_age.Elapsed);
            }
            else if (line.StartsWith("stored decision ", StringComparison.Ordinal) && Guid.TryParse(line.AsSpan(16, Math.Min(36, line.Length - 16)), out var id))
            {
                _storedFirst.TrySetResult(_age.Elapsed);
                _stored.Enqueue(id);
            }
            else
            {
                _lines.Enqueue(line);
            }
        }
    }
}
