using EdgeAgent.Mqtt.Brokers;
using EdgeAgent.Pipeline;

namespace EdgeAgent.Tests.Mqtt.Brokers;

public abstract partial class BrokerContract
{
    [Fact]
    public async Task The_first_broker_that_can_be_reached_is_used_and_when_it_is_lost_the_list_is_tried_from_the_top()
    {
        var (first, second, third) = (await BrokerAsync(), await BrokerAsync(), await BrokerAsync());
        await first.KillAsync();
        var agent = Start(Listed(first, second, third));
        var line = await agent.Log.WaitForAsync("MQTT connected", Limit);
        Assert.Contains($"connected to 127.0.0.1:{second.Port}, broker 2 of 3: cannot reach 127.0.0.1:{first.Port}", line, StringComparison.Ordinal);
        await HearAsync(await ObserverAsync(second.Port), agent.Store(10));
        Assert.Equal(1, agent.Settings.InUse.Current!.Index);

        await first.RestartAsync();
        var observer = await ObserverAsync(first.Port);
        await second.KillAsync();
        await HearAsync(observer, agent.Store(10));
        await agent.UntilAllDeliveredAsync(Limit);
        Assert.DoesNotContain(agent.Log.Lines, text => text.Contains($"connected to 127.0.0.1:{third.Port}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task From_a_later_broker_it_goes_back_in_order_when_an_earlier_one_takes_connections_again()
    {
        var (first, second) = (await BrokerAsync(), await BrokerAsync());
        var left = await ObserverAsync(second.Port);
        await first.KillAsync();
        var agent = Start(Listed(first, second) with { Times = new BrokerWatchTimes { SeekEarlier = TimeSpan.FromSeconds(1) } });
        Assert.Equal("online", await StatusAsync(left));
        await HearAsync(left, agent.Store(10));

        await first.RestartAsync();
        Assert.Equal("offline", await StatusAsync(left));
        var observer = await ObserverAsync(first.Port);
        Assert.Equal("online", await StatusAsync(observer));
        await HearAsync(observer, agent.Store(10));
        Assert.DoesNotContain(agent.Log.Lines, text => text.Contains("MQTT connection lost", StringComparison.Ordinal));
        await agent.StopAsync();
        Assert.Equal("offline", await StatusAsync(observer));
    }

    [Fact]
    public async Task Without_a_time_for_it_it_stays_until_the_connection_is_lost()
    {
        var (first, second) = (await BrokerAsync(), await BrokerAsync());
        await first.KillAsync();
        var agent = Start(Listed(first, second) with { Times = new BrokerWatchTimes { SeekEarlier = TimeSpan.Zero } });
        await agent.Log.WaitForAsync($"connected to 127.0.0.1:{second.Port}", Limit);
        await first.RestartAsync();
        var observer = await ObserverAsync(second.Port);
        await HearAsync(observer, agent.Store(100));
        Assert.Equal(1, agent.Settings.InUse.Current!.Index);

        await second.KillAsync();
        await agent.Log.WaitForAsync($"connected to 127.0.0.1:{first.Port}", Limit);
    }

    [Fact]
    public async Task A_frozen_broker_is_found_by_ping_left_for_the_next_and_found_again_after_it_thaws()
    {
        var (first, second) = (await BrokerAsync(), await BrokerAsync());
        var agent = Start(Listed(first, second) with { Times = new BrokerWatchTimes { SeekEarlier = TimeSpan.FromSeconds(1) } });
        await agent.Log.WaitForAsync($"connected to 127.0.0.1:{first.Port}", Limit);
        first.Freeze();
        var observer = await ObserverAsync(second.Port);
        await HearAsync(observer, agent.Store(200));
        await agent.UntilAllDeliveredAsync(Limit);
        Assert.Contains(agent.Log.Lines, text => text.Contains("MQTT connection lost: ", StringComparison.Ordinal) && text.Contains("ping", StringComparison.Ordinal));

        first.Thaw();
        await agent.Log.WaitForAsync("takes connections again", Limit);
        await HearAsync(await ObserverAsync(first.Port), agent.Store(10));
    }

    [Fact]
    public async Task While_no_broker_can_be_reached_each_is_named_once()
    {
        var (first, second) = (await BrokerAsync(), await BrokerAsync());
        await first.KillAsync();
        await second.KillAsync();
        var agent = Start(Listed(first, second));
        var line = await agent.Log.WaitForAsync("MQTT not connected", Limit);
        Assert.Contains($"cannot reach 127.0.0.1:{first.Port}", line, StringComparison.Ordinal);
        Assert.Contains($"cannot reach 127.0.0.1:{second.Port}", line, StringComparison.Ordinal);
        Assert.Null(agent.Settings.InUse.Current);

        await second.RestartAsync();
        await agent.Log.WaitForAsync("MQTT connected", Limit);
        Assert.Single(agent.Log.Lines, text => text.Contains("MQTT not connected", StringComparison.Ordinal));
    }

    private BrokerSettings Listed(params MosquittoBroker[] brokers) =>
        Settings(brokers[0].Port) with { Alternatives = [.. brokers.Skip(1).Select(broker => new BrokerAddress("127.0.0.1", broker.Port))] };
}
