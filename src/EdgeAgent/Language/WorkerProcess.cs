using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Children;

namespace EdgeAgent.Language;

/// <summary>A running worker: its pipes and its end. Nothing here throws because the child died.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan GraceToExit = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly LineReader _output;
    private readonly Task _errors;
    private readonly TimeProvider _time;

    private WorkerProcess(Process process, Action<string> log, TimeProvider time)
    {
        (_process, _time) = (process, time);
        _output = new LineReader(process.StandardOutput.BaseStream);
        _errors = ForwardAsync(new LineReader(process.StandardError.BaseStream), log);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <param name="log">Takes what the worker writes to its standard error, line by line.</param>
    /// <returns>null and why, when there is no such program or no process to be had.</returns>
    public static (WorkerProcess? Worker, string? Problem) Start(
        OwnProgram command, LanguageWorkerOptions options, Action<string> log, TimeProvider time)
    {
        var start = new ProcessStartInfo(command.FileName)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] own =
        [
            "language-worker", "--package", options.Package!,
            "--threads", options.Threads.ToString(CultureInfo.InvariantCulture),
            "--memory-limit", options.MemoryLimitMB.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var argument in command.Arguments.Concat(own))
        {
            start.ArgumentList.Add(argument);
        }

        // Hexadecimal, as .NET reads it.
        start.Environment["DOTNET_GCHeapHardLimit"] = ((long)options.MemoryLimitMB << 20).ToString("x", CultureInfo.InvariantCulture);
        try
        {
            return (new WorkerProcess(Process.Start(start)!, log, time), null);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return (null, $"{command.FileName} cannot be started: {e.Message}");
        }
    }

    /// <returns>False if the worker's input is gone.</returns>
    public async Task<bool> TryWriteAsync<T>(T message, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            var pipe = _process.StandardInput.BaseStream;
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, type), (byte)'\n'];
            await pipe.WriteAsync(line, cancellationToken).ConfigureAwait(false);
            await pipe.FlushAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <returns>null if the worker's output has ended or was no such message.</returns>
    public async Task<T?> ReadAsync<T>(JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (await _output.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } line)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Ends the worker at once and says how it ended.</summary>
    public async Task<string> KillAsync()
    {
        var ranOn = !_process.HasExited && !await ExitsWithinAsync(TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
        if (ranOn)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        // Its last words. A process of its own making could hold the pipe open for ever.
        await Task.WhenAny(_errors, Task.Delay(GraceToExit, _time, CancellationToken.None)).ConfigureAwait(false);
        var code = _process.ExitCode;
        _process.Dispose();
        return ranOn ? "it was ended" : code > 128 ? $"it was killed by signal {code - 128}" : $"it ended with exit code {code}";
    }

    /// <summary>Closes the worker's input, which tells it to end, and ends it if it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The pipe is broken because the worker is gone: that is what was wanted.
        }

        await ExitsWithinAsync(GraceToExit).ConfigureAwait(false);
        await KillAsync().ConfigureAwait(false);
    }

    private async Task<bool> ExitsWithinAsync(TimeSpan grace)
    {
        using var limit = new CancellationTokenSource(grace, _time);
        try
        {
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task ForwardAsync(LineReader errors, Action<string> log)
    {
        while (await errors.ReadAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            log(line);
        }
    }
}
