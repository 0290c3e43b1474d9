using System.Net.Sockets;
using System.Text.Json;

namespace EdgeAgent.Alarms;

/// <summary>Asks a running agent over its socket.</summary>
internal static class AlarmClient
{
    /// <summary>Above what the agent waits for its disk.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>The answer, or why there is none.</returns>
    public static async Task<(WireAnswer? Answer, string? Problem)> AskAsync(string dataDirectory, WireRequest request, CancellationToken cancellationToken)
    {
        var path = AlarmSocketPath.In(dataDirectory);
        if (AlarmSocketPath.Fault(path) is { } fault)
        {
            return (null, fault);
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), limit.Token).ConfigureAwait(false);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(request, AlarmWire.Default.WireRequest), (byte)'\n'], limit.Token).ConfigureAwait(false);
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync(limit.Token).ConfigureAwait(false) is { } line
                && JsonSerializer.Deserialize(line, AlarmWire.Default.WireAnswer) is { } answer
                ? (answer, null)
                : (null, $"{path}: the agent closed the connection without an answer");
        }
        catch (SocketException e)
        {
            return (null, e.SocketErrorCode == SocketError.AccessDenied
                ? $"{path}: only the agent's user may ask; use sudo -u with its name"
                : $"{path}: no agent runs on this data directory; start it, or name its folder with --data-dir");
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return (null, $"{path}: no usable answer: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"{path}: no answer within {Patience.TotalSeconds:0} s");
        }
    }
}
