using System.Text;
using System.Text.Json;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using EdgeAgent.Tests.Storage;

namespace EdgeAgent.Tests.Mqtt.Brokers;

/// <summary>The part of the agent between its stored decisions and its brokers, with a real outbox.</summary>
internal sealed class SendingAgent : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PipelineChannels _channels = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _publishing;

    public SendingAgent(BrokerSettings settings)
    {
        Settings = settings;
        Outbox = new Outbox(Path.Combine(_folder.Path, "outbox.db"));
        _publishing = new PublishLoop(
            settings, _channels, Outbox, new PipelineCounters(), commands: null, announce: null, new ReconnectBackoff(new Random(1)), TimeProvider.System, Log)
            .RunAsync(_stop.Token);
    }

    public BrokerSettings Settings { get; }

    public LineLog<PublishLoop> Log { get; } = new();

    public Outbox Outbox { get; }

    /// <returns>The ids, in their order.</returns>
    public IReadOnlyList<string> Store(int count, int padding = 0)
    {
        var records = Enumerable.Range(0, count)
            .SelectMany(_ => Outbox.Commit([OutboxItems.Decision(padding: padding)], DateTimeOffset.UtcNow)).ToList();
        _channels.Stored.Writer.TryWrite(true);
        return [.. records.Select(record => IdOf(record.Body))];
    }

    public async Task UntilAsync(Func<OutboxStatus, bool> reached, CancellationToken limit)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!reached(Outbox.Status()))
        {
            try
            {
                await timer.WaitForNextTickAsync(limit);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{Outbox.Status()}\n{string.Join('\n', Log.Lines)}");
            }
        }
    }

    public Task UntilAllDeliveredAsync(CancellationToken limit) => UntilAsync(status => status.Waiting == 0, limit);

    /// <summary>As at a stop of the agent.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _publishing;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Outbox.Dispose();
        _folder.Dispose();
        _stop.Dispose();
    }

    public static string IdOf(ReadOnlyMemory<byte> body) => JsonDocument.Parse(Encoding.UTF8.GetString(body.Span)).RootElement.GetProperty("id").GetString()!;
}
