using System.Text.Json;
using EdgeAgent.Tests.Mqtt;
using EdgeAgent.Tests.Pipeline;

namespace EdgeAgent.EndToEnd;

/// <summary>The whole agent on a disk that is full for a while.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [SmallDiskFact]
    public async Task It_goes_on_watching_and_loses_nothing_and_says_so_afterwards()
    {
        using var disk = SmallDisk.Mount();
        var data = Path.Combine(disk.Path, "data");
        _bench.Configure(Workbench.RainOfAlarms(speed: 200), port: null);
        await using (var agent = AgentProcess.Start(_bench.Config, data))
        {
            await agent.WaitForLineAsync("seq 3");
            disk.Fill();
            await agent.WaitForLineAsync("Cannot store");
            var alarms = Alarms(agent);
            while (Alarms(agent) < alarms + 10)
            {
                await agent.WaitForLineAsync("Sensor alarm");
                await Task.Yield();
            }

            disk.Empty();
            await agent.WaitForLineAsync("Storing works again");
            Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
        }

        var status = JsonDocument.Parse((await Cli.RunAsync("outbox", "status", "--data-dir", data, "--json")).Output).RootElement;
        var peeked = await Cli.RunAsync("outbox", "peek", "--data-dir", data, "--limit", "10000");
        var bodies = peeked.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(Enumerable.Range(1, bodies.Count).Select(i => (long)i), bodies.Select(body => body.GetProperty("seq").GetInt64()));
        Assert.Equal((0, 0), (status.GetProperty("lost").GetInt32(), status.GetProperty("damaged").GetInt32()));
        Assert.Single(bodies, body => Subscriber.Text(body, "code") == "storage-full");
        var recovered = bodies.Single(body => Subscriber.Text(body, "code") == "storage-recovered").GetProperty("data");
        Assert.Equal("0", recovered.GetProperty("lost").GetString());
        Assert.Empty(Directory.GetFiles(data, "outbox.damaged-*"));
    }

    [SmallDiskFact]
    public async Task The_retained_status_says_at_once_that_the_disk_is_full_and_that_it_is_well_again()
    {
        using var disk = SmallDisk.Mount();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(Workbench.RainOfAlarms(speed: 200), broker.Port);
        await using var agent = AgentProcess.Start(_bench.Config, Path.Combine(disk.Path, "data"));
        await subscriber.WaitForAsync((_, _) => Storage(subscriber) is ["ok"]);

        disk.Fill();
        await subscriber.WaitForAsync((_, _) => Storage(subscriber) is ["ok", "full"]);
        await using (var late = await Subscriber.StartAsync(broker.Port, "late"))
        {
            await late.WaitForAsync((_, _) => Storage(late) is ["full"]);
        }

        disk.Empty();
        await subscriber.WaitForAsync((_, _) => Storage(subscriber) is ["ok", "full", "ok"]);
        Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
        await subscriber.WaitForAsync((_, _) => Storage(subscriber) is ["ok", "full", "ok", null]);
        Assert.All(subscriber.Messages.Where(message => message.Topic.EndsWith("/status", StringComparison.Ordinal)), message => PayloadSchema.AssertValid("status.schema.json", message.Body));
    }

    /// <summary>What the status said of the disk, one after the other.</summary>
    private static string?[] Storage(Subscriber subscriber) =>
        [.. subscriber.Messages.Where(message => message.Topic.EndsWith("/status", StringComparison.Ordinal)).Select(message => Subscriber.Text(message.Body, "storage"))];

    private static int Alarms(AgentProcess agent) => agent.Lines.Count(line => line.Contains("Sensor alarm", StringComparison.Ordinal));
}
