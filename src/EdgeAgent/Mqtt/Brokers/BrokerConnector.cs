using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Mqtt.Brokers;

/// <summary>Reaches the first broker of a list that takes a connection. All are spoken to in the same way: login, TLS, client id.</summary>
/// <param name="options">For all brokers; host and port are replaced.</param>
/// <param name="brokers">At least one, the preferred first.</param>
/// <param name="login">Null: anonymous, or known by the client certificate.</param>
internal sealed class BrokerConnector(
    MqttConnectionFactory connect,
    MqttConnectionOptions options,
    IReadOnlyList<BrokerAddress> brokers,
    BrokerLogin? login,
    BrokerConditions conditions,
    TlsExamination examination)
{
    public int Count => brokers.Count;

    /// <param name="first">How many brokers to try, from the top.</param>
    public async Task<BrokerAttempt> TryAsync(int first, CancellationToken cancellationToken)
    {
        MqttCredentials? credentials = null;
        if (login is not null && !login.TryRead(out credentials, out var problem))
        {
            return new BrokerAttempt(null, [MqttConnectResult.Misconfigured(problem)]);
        }

        var failures = new List<MqttConnectResult>();
        for (var index = 0; index < first; index++)
        {
            var (host, port) = brokers[index];
            var tlsFiles = conditions.TlsFiles();
            var here = options with { Host = host, Port = port, Credentials = credentials ?? options.Credentials };
            var connection = connect(here);
            var result = await ConnectAsync(connection, cancellationToken).ConfigureAwait(false);
            if (result.IsConnected)
            {
                return new BrokerAttempt(new ReachedBroker(connection, result, index, here.Endpoint, tlsFiles), failures);
            }

            failures.Add(await ExplainAsync(here, result, cancellationToken).ConfigureAwait(false));
        }

        return new BrokerAttempt(null, failures);
    }

    private static async Task<MqttConnectResult> ConnectAsync(IMqttConnection connection, CancellationToken cancellationToken)
    {
        var connected = false;
        try
        {
            var result = await connection.ConnectAsync(cancellationToken).ConfigureAwait(false);
            connected = result.IsConnected;
            return result;
        }
        finally
        {
            if (!connected)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// The libraries say little of why TLS failed, and each something else. With TLS 1.3 a broker that does not take our
    /// certificate lets the handshake end and then closes, so what looks unreachable is examined too.
    /// </summary>
    private async Task<MqttConnectResult> ExplainAsync(MqttConnectionOptions here, MqttConnectResult result, CancellationToken cancellationToken) =>
        result.Outcome is MqttConnectOutcome.TlsFailed or MqttConnectOutcome.Unreachable
        && await examination.ExamineAsync(here, cancellationToken).ConfigureAwait(false) is { } finding
            ? MqttConnectResult.TlsFailed(here.Endpoint, finding.Text) with { Aside = finding.Clock }
            : result;
}
