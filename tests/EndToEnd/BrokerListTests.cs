using EdgeAgent.Tests.Mqtt;
using EdgeAgent.Tests.Mqtt.Connections;

namespace EdgeAgent.EndToEnd;

/// <summary>The whole agent with a list of brokers and with a login that systemd hands over.</summary>
public sealed class BrokerListTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_next_broker_of_the_list_gets_what_is_decided_while_the_first_is_away()
    {
        await using var first = await MosquittoBroker.StartAsync();
        await using var second = await MosquittoBroker.StartAsync();
        _bench.Configure(Workbench.RainOfAlarms(speed: 40), port: null, mqtt: new
        {
            host = "127.0.0.1",
            port = first.Port,
            keepAliveSeconds = 5,
            returnAfterSeconds = 1,
            alternatives = new[] { new { host = "127.0.0.1", port = second.Port } },
        });
        await using var subscriber = await Subscriber.StartAsync(second.Port);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await agent.WaitForLineAsync($"connected to 127.0.0.1:{first.Port}");

        await first.KillAsync();
        await agent.WaitForLineAsync($"connected to 127.0.0.1:{second.Port}, broker 2 of 2");
        var before = agent.StoredIds.Count();
        await agent.WaitForLinesAsync("stored decision", before + 1);
        var later = agent.StoredIds.ElementAt(before);
        await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "id") == later);

        await first.RestartAsync();
        await subscriber.WaitForAsync((topic, body) => topic.EndsWith("/status", StringComparison.Ordinal) && Subscriber.Text(body, "status") == "offline");
        await agent.WaitForLinesAsync($"connected to 127.0.0.1:{first.Port}", 2);
    }

    [Fact]
    public async Task A_password_of_the_credentials_directory_is_read_again_when_it_was_wrong()
    {
        await using var broker = await MosquittoBroker.StartAsync(folder =>
        {
            MosquittoPasswords.Write(Path.Combine(folder, "passwords"), "pump-1", "s3cret");
            return ["allow_anonymous false", $"password_file {folder}/passwords"];
        });
        Directory.CreateDirectory(_bench.File("credentials"));
        await File.WriteAllTextAsync(_bench.File("credentials/name"), "pump-1\n");
        await File.WriteAllTextAsync(_bench.File("credentials/password"), "wrong\n");
        _bench.Configure(Workbench.RainOfAlarms(speed: 1), port: null, mqtt: new
        {
            host = "127.0.0.1",
            port = broker.Port,
            usernameFile = "$CREDENTIALS_DIRECTORY/name",
            passwordFile = "$CREDENTIALS_DIRECTORY/password",
        });
        Assert.Equal(0, (await Cli.RunAsync("check-config", _bench.Config)).ExitCode);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data, ("CREDENTIALS_DIRECTORY", _bench.File("credentials")));

        var line = await agent.WaitForLineAsync("MQTT not connected");
        Assert.DoesNotContain("wrong", line, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_bench.File("credentials/password"), "s3cret\n");
        await agent.WaitForLineAsync("MQTT connected");
    }

    [Fact]
    public async Task A_credential_without_a_directory_is_an_error_that_names_the_key()
    {
        _bench.Configure(Workbench.RainOfAlarms(speed: 1), port: null, mqtt: new { username = "a", passwordFile = "$CREDENTIALS_DIRECTORY/password" });
        var result = await Cli.RunAsync("run", "--config", _bench.Config, "--data-dir", _bench.Data);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            "/mqtt/passwordFile: found \"$CREDENTIALS_DIRECTORY/password\" (CREDENTIALS_DIRECTORY is not set), allowed: a credential that systemd hands over: LoadCredential= in the unit",
            result.Errors,
            StringComparison.Ordinal);
    }
}
