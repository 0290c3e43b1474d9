using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Connections;

public sealed class MosquittoConnectionTests : MqttConnectionContract
{
    private protected override MqttConnectionFactory Adapter => MqttConnectionFactories.Mosquitto(TimeProvider.System);

    [Fact]
    public async Task Every_connection_takes_its_thread_along()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var hole = new BlackHole();
        for (var i = 0; i < 20; i++)
        {
            var options = new MqttConnectionOptions { Host = "127.0.0.1", Port = broker.Port, ClientId = $"leak-{i}" };
            var used = Adapter(options);
            Assert.True((await used.ConnectAsync(CancellationToken.None)).IsConnected);
            Assert.NotEmpty(Threads("mqtt leak-"));
            var stuck = Adapter(options with { Port = hole.Port });
            var connecting = stuck.ConnectAsync(CancellationToken.None);
            if (i % 2 == 0)
            {
                await used.DisconnectAsync(CancellationToken.None);
            }

            await used.DisposeAsync();
            await stuck.DisposeAsync();
            Assert.False((await connecting).IsConnected);
        }

        // The thread says that it is done a moment before the kernel has removed it.
        Assert.True(SpinWait.SpinUntil(() => Threads("mqtt leak-").Count == 0, TimeSpan.FromSeconds(10)));
    }

    private static List<string> Threads(string prefix) =>
        [.. Directory.GetDirectories("/proc/self/task").Select(NameOf).Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim();
        }
        catch (IOException)
        {
            return ""; // it ended in between
        }
    }
}
