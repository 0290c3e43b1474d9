using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt;

/// <summary>A suite that runs on every client library: which one, and what a test must give back.</summary>
public abstract class AdapterContract : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _toDispose = [];

    private protected abstract MqttConnectionFactory Adapter { get; }

    /// <summary>No test waits for ever.</summary>
    private protected CancellationToken Limit { get; } = new CancellationTokenSource(TimeSpan.FromSeconds(90)).Token;

    /// <summary>How much is kept by now.</summary>
    private protected int Kept => _toDispose.Count;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _toDispose.Reverse();
        foreach (var item in _toDispose)
        {
            await item.DisposeAsync();
        }
    }

    private protected async Task<MosquittoBroker> BrokerAsync(params string[] configuration) => Keep(await MosquittoBroker.StartAsync(configuration));

    private protected T Keep<T>(T item)
        where T : IAsyncDisposable
    {
        _toDispose.Add(item);
        return item;
    }
}
