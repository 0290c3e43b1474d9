using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EdgeAgent.EndToEnd;

/// <summary>A plant's receiver: mosquitto_sub with a session that survives the broker's restarts.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<(string Topic, JsonElement Body)> _messages = new();
    private readonly SemaphoreSlim _more = new(0);
    private readonly Task _reading;

    private Subscriber(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    public IEnumerable<(string Topic, JsonElement Body)> Messages => _messages;

    public IEnumerable<string> Ids => _messages.Select(message => Text(message.Body, "id")).OfType<string>();

    public static async Task<Subscriber> StartAsync(int port, string client = "receiver")
    {
        var process = Process.Start(new ProcessStartInfo(
            "mosquitto_sub",
            ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-V", "5", "-c", "-x", "100000", "-i", client, "-q", "1", "-v", "-t", "edgeagent/#", "-t", "probe"])
        {
            RedirectStandardOutput = true,
        })!;
        var subscriber = new Subscriber(process);

        // A retained probe arrives as soon as the subscription stands, however the two processes race.
        using var probe = Process.Start("mosquitto_pub", ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-r", "-t", "probe", "-m", "{}"]);
        await subscriber.WaitForAsync((topic, _) => topic == "probe");
        return subscriber;
    }

    public async Task<JsonElement> WaitForAsync(Func<string, JsonElement, bool> wanted)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            foreach (var (topic, body) in _messages)
            {
                if (wanted(topic, body))
                {
                    return body;
                }
            }

            try
            {
                await _more.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException("not received; what was received:\n" + string.Join('\n', _messages.Select(message => $"{message.Topic} {message.Body}")));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
        _more.Dispose();
    }

    public static string? Text(JsonElement body, string key) => body.TryGetProperty(key, out var value) ? value.GetString() : null;

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            _messages.Enqueue((line[..space], JsonDocument.Parse(line[(space + 1)..]).RootElement));
            _more.Release();
        }
    }
}
