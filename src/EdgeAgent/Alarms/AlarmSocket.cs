using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Alarms;

/// <summary>
/// Takes alarm commands of people on the device: a Unix socket with mode 0600 in the data directory, one line of JSON in,
/// one line out. Also the clock by which shelves end. One client at a time; each has two seconds to ask.
/// </summary>
internal sealed class AlarmSocket(string dataDirectory, AlarmDesk desk, TimeProvider time, ILogger<AlarmSocket> log)
{
    private const int LongestRequest = 8192;
    private static readonly TimeSpan AskWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>Runs until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var socket = TryListen(out var problem);
        if (socket is null)
        {
            // Watching is what the agent is for; commands over MQTT still work.
            AlarmLog.NoSocket(log, problem!);
        }

        var passing = PassAsync(stop);
        try
        {
            while (socket is not null)
            {
                using var client = await socket.AcceptAsync(stop).ConfigureAwait(false);
                await ServeAsync(client, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end.
        }

        await passing.ConfigureAwait(false);
    }

    private Socket? TryListen(out string? problem)
    {
        var path = AlarmSocketPath.In(dataDirectory);
        problem = AlarmSocketPath.Fault(path);
        if (problem is not null)
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // One that a killed agent left; this one holds the data directory.
            File.Delete(path);
            socket.Bind(new UnixDomainSocketEndPoint(path));

            // Nobody can connect before Listen, so nobody slips in before the mode is set.
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            socket.Listen(16);
            return socket;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            problem = $"{path}: {e.Message}";
            return null;
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(AskWithin, time);
        using var within = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            if (await ReadLineAsync(client, within.Token).ConfigureAwait(false) is { } line)
            {
                var answer = await AnswerAsync(line, stop).ConfigureAwait(false);
                var json = JsonSerializer.SerializeToUtf8Bytes(answer, AlarmWire.Default.WireAnswer);
                await client.SendAsync((byte[])[.. json, (byte)'\n'], stop).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            // A client that went away or said nothing: its own affair.
        }
    }

    private async Task<WireAnswer> AnswerAsync(string line, CancellationToken stop)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AlarmWire.Default.WireRequest) is { } wire && AlarmWire.RequestOf(wire) is { } request
                ? AlarmWire.AnswerOf(await desk.DoAsync(request, stop).ConfigureAwait(false))
                : new WireAnswer(AlarmWire.BadRequest, "not a request: operation is acknowledge, shelve, unshelve or reset; forSeconds is above 0", null);
        }
        catch (JsonException)
        {
            return new WireAnswer(AlarmWire.BadRequest, "not a request: one line of JSON with operation and alarmId", null);
        }
        catch (ChannelClosedException)
        {
            return new WireAnswer(AlarmWire.Stopping, "the agent is stopping", null);
        }
    }

    /// <returns>null if the client closed before the end of its line, or wrote too much.</returns>
    private static async Task<string?> ReadLineAsync(Socket client, CancellationToken within)
    {
        var buffer = new byte[LongestRequest];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await client.ReceiveAsync(buffer.AsMemory(length), within).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            var end = buffer.AsSpan(length, read).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Encoding.UTF8.GetString(buffer, 0, length + end);
            }

            length += read;
        }

        return null;
    }

    private async Task PassAsync(CancellationToken stop)
    {
        using var ticks = new PeriodicTimer(Tick, time);
        try
        {
            while (await ticks.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                await desk.PassAsync(stop).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is ChannelClosedException || (e is OperationCanceledException && stop.IsCancellationRequested))
        {
            // The end.
        }
    }
}
