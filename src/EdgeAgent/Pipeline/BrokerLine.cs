using EdgeAgent.Mqtt.Brokers;
using EdgeAgent.Systemd;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>What makes, watches and replaces connections for the publish loop.</summary>
internal sealed class BrokerLine
{
    private readonly BrokerSettings _broker;
    private readonly BrokerConditions _conditions;
    private readonly BrokerConnector _connector;
    private readonly BrokerPause _pause;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    public BrokerLine(BrokerSettings broker, TimeProvider time, ILogger log)
    {
        _broker = broker;
        _time = time;
        _log = log;
        _conditions = new BrokerConditions(broker.Options.Tls, broker.Login, time);
        _pause = new BrokerPause(_conditions, time);
        _connector = new BrokerConnector(
            broker.Connect,
            broker.Options with { Will = BrokerSession.Will(broker.Topics) },
            [new BrokerAddress(broker.Options.Host, broker.Options.Port), .. broker.Alternatives],
            broker.Login,
            _conditions,
            new TlsExamination(new ClockJudgement(time, ClockSync.IsSynchronized, AgentVersion.Made), time));
    }

    public BrokerMoment Now() => _conditions.Now();

    /// <summary>Tries all brokers from the top.</summary>
    public Task<BrokerAttempt> TryAsync(CancellationToken stop) => _connector.TryAsync(_connector.Count, stop);

    public BrokerWatch Watch(ReachedBroker current) => new(current, _connector, _conditions, _broker.Options.Tls, _broker.Times, _time, _log);

    public Task PauseAsync(TimeSpan atMost, BrokerMoment before, CancellationToken stop) => _pause.WaitAsync(atMost, before, stop);

    /// <summary>One line that says which broker it is, and why none before it.</summary>
    public string Describe(BrokerAttempt attempt)
    {
        var reached = attempt.Reached!;
        var text = reached.Result.Text;
        return reached.Index == 0 ? text
            : attempt.Failures.Count == 0 ? $"{text}, broker {reached.Index + 1} of {_connector.Count}"
            : $"{text}, broker {reached.Index + 1} of {_connector.Count}: {attempt.Trouble}";
    }
}
