using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using EdgeAgent.Commanding;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Mqtt.Commands;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Mqtt.Commands;

/// <summary>Everything that takes commands, on a real Mosquitto, with a command of the tests' own; and a client that sends them.</summary>
internal sealed class CommandBench : IAsyncDisposable
{
    public const string Root = "edgeagent/v1/site/device";
    public const string AnswerTopic = "plant/answers/bench";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly TemporaryFolder _folder;
    private readonly CommandDesk _desk;
    private readonly CommandMemory _memory;
    private readonly CommandExecutor _executor;
    private readonly ConcurrentQueue<IAsyncDisposable> _connections = new();
    private Task _executing = Task.CompletedTask;

    private CommandBench(MosquittoBroker broker, TemporaryFolder folder, CommandLimits limits, int largest)
    {
        Broker = broker;
        _folder = folder;
        var topics = new CommandTopics(Root);
        var commands = new ICommand[] { Effect, new NotedCommand("forbidden", Effect), Reading };
        Tally = new CommandTally(TimeProvider.System, NullLogger<CommandTally>.Instance);
        var intake = new CommandIntake(
            topics, commands.ToDictionary(command => command.Name), new HashSet<string> { Effect.Name, Reading.Name }, largest, TimeProvider.System);
        _desk = new CommandDesk(intake, topics, limits, Tally, () => new Moment(ManualTime.Start, Synced: false, TimeSpan.Zero));
        _memory = new CommandMemory(Path.Combine(folder.Path, "commands.db"), most: 100);
        _executor = new CommandExecutor(_desk, _memory, TimeProvider.System, NullLogger<CommandExecutor>.Instance);
    }

    public MosquittoBroker Broker { get; }

    public string MemoryFile => Path.Combine(_folder.Path, "commands.db");

    public CommandTally Tally { get; }

    /// <summary>Allowed, with an effect.</summary>
    public NotedCommand Effect { get; } = new("note");

    /// <summary>Allowed, without one.</summary>
    public NotedCommand Reading { get; } = new("look") { HasEffect = false };

    public IMqttConnection Client { get; private set; } = null!;

    /// <summary>The agent's connection and what takes its commands.</summary>
    public CommandLink Link { get; private set; } = null!;

    public IMqttConnection Agent { get; private set; } = null!;

    public static async Task<CommandBench> StartAsync(
        int queue = 8, int largest = 1024, Action<TemporaryFolder>? prepare = null, Func<string, IEnumerable<string>>? prepareBroker = null)
    {
        var folder = new TemporaryFolder();
        prepare?.Invoke(folder);
        var bench = new CommandBench(await MosquittoBroker.StartAsync(prepareBroker ?? (_ => [])), folder, new CommandLimits(queue, TimeSpan.FromSeconds(60)), largest);
        bench.Client = await bench.ConnectAsync("client");
        Assert.True((await bench.Client.SubscribeAsync([AnswerTopic, Root + "/#"], MqttQos.AtLeastOnce, default)).IsAccepted);
        bench._executing = bench._executor.RunAsync(bench._stop.Token);
        await bench.OpenAsync();
        return bench;
    }

    /// <summary>Connects the agent, again if it was.</summary>
    public async Task OpenAsync()
    {
        Agent = await ConnectAsync("agent");
        Link = await CommandLink.OpenAsync(_desk, Agent, NullLogger.Instance, CancellationToken.None);
        _connections.Enqueue(Link);
    }

    /// <summary>Stops the executor as a stop of the agent does.</summary>
    public async Task StopExecutingAsync()
    {
        await _stop.CancelAsync();
        await _executing;
    }

    public Task<MqttPublishResult> SendAsync(
        string name, string payload, string? answerTo = AnswerTopic, string correlation = "c", MqttQos qos = MqttQos.AtLeastOnce, bool retain = false, TimeSpan? expiry = null) =>
        Client.PublishAsync(
            new MqttMessage
            {
                Topic = $"{Root}/command/{name}",
                Payload = Encoding.UTF8.GetBytes(payload),
                ResponseTopic = answerTo,
                CorrelationData = Encoding.UTF8.GetBytes(correlation),
                Qos = qos,
                Retain = retain,
                Expiry = expiry,
            },
            CancellationToken.None);

    /// <summary>The next answer; the client's own commands come back to it too and are passed over.</summary>
    public async Task<(MqttMessage Message, JsonElement Body)> AnswerAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var message = await Client.Received.ReadAsync(limit.Token);
            if (message.Topic == AnswerTopic)
            {
                return (message, JsonElement.Parse(message.Payload.Span));
            }
        }
    }

    /// <summary>Shows that nothing else was answered: a question asked now is the next to be answered.</summary>
    public async Task AssertQuietAsync()
    {
        await SendAsync(Reading.Name, """{"id":"quiet"}""", correlation: "quiet");
        var (message, _) = await AnswerAsync();
        Assert.Equal("quiet", Encoding.UTF8.GetString(message.CorrelationData!.Value.Span));
    }

    public async ValueTask DisposeAsync()
    {
        Effect.Go();
        await StopExecutingAsync();
        foreach (var connection in _connections.Reverse())
        {
            await connection.DisposeAsync();
        }

        _memory.Dispose();
        await Broker.DisposeAsync();
        _folder.Dispose();
        _stop.Dispose();
    }

    private async Task<IMqttConnection> ConnectAsync(string clientId)
    {
        var connection = MqttConnectionFactories.Default(TimeProvider.System)(
            new MqttConnectionOptions { Host = "127.0.0.1", Port = Broker.Port, ClientId = clientId, ConnectTimeout = Patience });
        _connections.Enqueue(connection);
        var result = await connection.ConnectAsync(CancellationToken.None);
        Assert.True(result.IsConnected, result.Text);
        return connection;
    }
}
