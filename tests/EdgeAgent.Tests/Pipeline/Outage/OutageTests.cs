using System.Globalization;
using System.Text.Json;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Pipeline;
using EdgeAgent.Tests.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Pipeline.Outage;

/// <summary>
/// Weeks without a broker, one decision a minute, on simulated clocks and real files: reboots, half of them without a farewell, with a
/// wall clock that starts in 1970, years ahead or right, is set right on the way, or is moved by an hour. Then a real Mosquitto gets everything.
/// </summary>
public sealed class OutageTests : IDisposable
{
    private const int RebootsIn30Days = 100;

    /// <summary>EDGEAGENT_OUTAGE_DAYS=30 by hand, which takes minutes.</summary>
    private static readonly int Days = LongForm.Number("EDGEAGENT_OUTAGE_DAYS", 3);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(LongForm.Number("EDGEAGENT_SEED", Environment.TickCount));
    private readonly OutageMachine _machine;

    public OutageTests() => _machine = new OutageMachine(_random);

    private CancellationToken Limit { get; } = new CancellationTokenSource(TimeSpan.FromMinutes(30)).Token;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_is_lost_inside_the_quota_order_is_kept_and_what_is_late_is_marked_whatever_the_clock_said()
    {
        const int live = 20;
        await using var boot = await LiveThroughAsync(Days * 24 * 60, Days * RebootsIn30Days / 30, quotaMegabytes: 50);
        var waiting = boot.Outbox.Status();
        await using var broker = await MosquittoBroker.StartAsync("max_inflight_messages 0", "max_queued_messages 0");
        await using var receiver = await OutageReceiver.StartAsync(broker.Port, Limit);
        using var stop = new CancellationTokenSource();

        // The network brings the right time with it.
        boot.Time.Advance(Minute);
        boot.Time.SetWall(ManualTime.Start.AddDays(Days));
        boot.Synced = true;
        var publishing = Publish(boot, broker.Port, stop.Token);
        await receiver.ReadAsync(() => receiver.Came.Count == waiting.Waiting, Limit);
        var late = receiver.Came.Count;
        for (var i = 0; i < live; i++)
        {
            // The simulated clock must not run ahead of what really travels.
            await boot.StepAsync(_machine, TimeSpan.FromSeconds(5));
            await receiver.ReadAsync(() => receiver.Has(_machine.Made[^1].Id), Limit);
        }

        await boot.StoredAsync();
        await receiver.ReadAsync(() => receiver.Came.Count == boot.Outbox.Status().Stored, Limit);
        await stop.CancelAsync();
        await publishing;

        KillTally.Say($"outage: {Days} days, {Days * RebootsIn30Days / 30} reboots, {_machine.Made.Count} decisions made, {waiting.Waiting} records waited with {waiting.Bytes} bytes, {late} came late and {receiver.Came.Count - late} live, {_machine.Made.Count(made => !receiver.Has(made.Id))} missing");
        Assert.Equal(Days * 24 * 60, _machine.Made.Count - live);
        Assert.Equal((0, 0, 0), (waiting.Evicted, waiting.Damaged, waiting.Lost));
        Assert.All(_machine.Made, made => Assert.True(receiver.Has(made.Id)));
        Assert.All(receiver.Came.Take(late), message => Assert.True(message.Historical));
        Assert.All(receiver.Came.Skip(late), message => Assert.False(message.Historical));
        AssertEveryRaiseIsExplained(receiver);
        AssertOrder(receiver);
        Assert.Empty(Directory.GetFiles(boot.Folder, "*.damaged-*"));
    }

    [Fact]
    public async Task Beyond_the_quota_the_notices_count_exactly_what_is_missing_at_the_receiver()
    {
        await using var boot = await LiveThroughAsync(minutes: 3 * 24 * 60, reboots: 10, quotaMegabytes: 1);
        await using var broker = await MosquittoBroker.StartAsync("max_inflight_messages 0", "max_queued_messages 0");
        await using var receiver = await OutageReceiver.StartAsync(broker.Port, Limit);
        using var stop = new CancellationTokenSource();
        var publishing = Publish(boot, broker.Port, stop.Token);

        // Losses that came while the first notice waited are told by a second one, a minute after it has gone.
        await UntilAsync(() => boot.Outbox.Status().Waiting == 0);
        while (boot.Outbox.Status().Evicted > Told(receiver, "records"))
        {
            boot.Time.Advance(Minute);
            var sent = boot.Outbox.Status().LastSeq;
            await receiver.ReadAsync(() => receiver.Came.Any(message => Seq(message.Body) == sent), Limit);
            await UntilAsync(() => boot.Outbox.Status().Waiting == 0);
        }

        await stop.CancelAsync();
        await publishing;
        var missing = _machine.Made.Where(made => !receiver.Has(made.Id)).ToList();
        var status = boot.Outbox.Status();
        KillTally.Say($"quota: {_machine.Made.Count} decisions made, {missing.Count} missing at the receiver, {status.Evicted} evicted, {Told(receiver, "records")} told");

        Assert.True(missing.Count > 1000, $"only {missing.Count} missing: the quota was not reached");
        Assert.Equal(status.Evicted, Told(receiver, "records"));

        // A diagnosis goes with its decision and counts as a record of its own.
        var explained = missing.Count(made => made is { Kind: "machine", Event: "raised" });
        Assert.InRange(Told(receiver, "records"), missing.Count, missing.Count + explained);
        Assert.Equal(missing.Count(made => made.Severity == "info"), Told(receiver, "info"));
        Assert.Equal((0, 0, 0), (status.Lost, status.Damaged, status.Dead));
        AssertOrder(receiver);
    }

    /// <summary>The whole outage; ends in the last boot, with everything stored.</summary>
    private async Task<OutageBoot> LiveThroughAsync(int minutes, int reboots, int quotaMegabytes)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "data")).FullName;
        var ends = Enumerable.Range(0, reboots).Select(_ => _random.Next(1, minutes)).Append(minutes).Order().ToList();
        for (int number = 0, minute = 0; ; number++)
        {
            var (wall, synced) = WallAtBoot(number, minute);
            var boot = new OutageBoot(folder, $"boot-{number}", wall, synced, quotaMegabytes);
            var turn = minute + ((ends[number] - minute) / 2);
            for (; minute < ends[number]; minute++)
            {
                if (minute == turn)
                {
                    MoveWall(boot, number, minute);
                }

                await boot.StepAsync(_machine, Minute);
            }

            await boot.StoredAsync();
            if (number == reboots)
            {
                return boot;
            }

            if (number % 2 == 0)
            {
                folder = boot.CopyFiles();
            }

            await boot.DisposeAsync();
        }
    }

    /// <summary>Without a battery a clock starts in 1970; with a bad one, anywhere.</summary>
    private static (DateTimeOffset Wall, bool Synced) WallAtBoot(int number, int minute) => (number % 4) switch
    {
        0 => (DateTimeOffset.UnixEpoch, false),
        1 => (ManualTime.Start.AddMinutes(minute).AddYears(5), false),
        2 => (ManualTime.Start.AddMinutes(minute), true),
        _ => (ManualTime.Start.AddMinutes(minute).AddHours(-1), false),
    };

    /// <summary>In the middle of a boot: set right, moved by the hour of summer time, back to 1970, five years ahead.</summary>
    private static void MoveWall(OutageBoot boot, int number, int minute)
    {
        var right = ManualTime.Start.AddMinutes(minute);
        (var wall, boot.Synced) = (number % 5) switch
        {
            0 => (right, true),
            1 => (right.AddHours(1), true),
            2 => (right.AddHours(-1), true),
            3 => (DateTimeOffset.UnixEpoch, false),
            _ => (right.AddYears(5), false),
        };
        boot.Time.SetWall(wall);
    }

    private Task Publish(OutageBoot boot, int port, CancellationToken stop) => new PublishLoop(
        new BrokerSettings(
            MqttConnectionFactories.Default(TimeProvider.System),
            new MqttConnectionOptions { Host = "127.0.0.1", Port = port, ClientId = "agent" },
            new Topics("site", "device")),
        boot.Channels, boot.Outbox, boot.Counters, commands: null, announce: null, new ReconnectBackoff(_random), boot.Time, NullLogger<PublishLoop>.Instance).RunAsync(stop);

    private void AssertEveryRaiseIsExplained(OutageReceiver receiver)
    {
        var explained = receiver.Came.Select(message => message.Body).Where(body => body.TryGetProperty("decisionId", out _))
            .Select(body => body.GetProperty("decisionId").GetGuid()).ToHashSet();
        Assert.Equal(_machine.Made.Where(made => made is { Kind: "machine", Event: "raised" }).Select(made => made.Id).Order(), explained.Order());
    }

    /// <summary>Per alarm: decisions as they were made, and no diagnosis before its decision. In all: no number twice, and none left out inside the quota.</summary>
    private void AssertOrder(OutageReceiver receiver)
    {
        var place = receiver.Came.Select((message, i) => (message.Id, i)).ToDictionary();
        foreach (var alarm in _machine.Made.Where(made => made.AlarmId is not null && receiver.Has(made.Id)).GroupBy(made => made.AlarmId))
        {
            var places = alarm.Select(made => place[made.Id]).ToList();
            Assert.Equal(places.Order(), places);
        }

        foreach (var diagnosis in receiver.Came.Where(message => message.Body.TryGetProperty("decisionId", out _)))
        {
            Assert.True(place[diagnosis.Body.GetProperty("decisionId").GetGuid()] < place[diagnosis.Id]);
        }

        var seqs = receiver.Came.Select(message => Seq(message.Body)).OfType<long>().ToList();
        Assert.Equal(seqs.Count, seqs.Distinct().Count());
        var made = receiver.Came.Where(message => message.Body.TryGetProperty("seq", out _)).ToDictionary(message => message.Id, message => Seq(message.Body)!.Value);
        var inOrder = _machine.Made.Where(decision => made.ContainsKey(decision.Id)).Select(decision => made[decision.Id]).ToList();
        Assert.Equal(inOrder.Order(), inOrder);
    }

    private static long Told(OutageReceiver receiver, string key) => receiver.Came.Select(message => message.Body)
        .Where(body => body.TryGetProperty("code", out var code) && code.ValueEquals("records-lost"))
        .Sum(body => long.Parse(body.GetProperty("data").GetProperty(key).GetString()!, CultureInfo.InvariantCulture));

    private static long? Seq(JsonElement body) => body.TryGetProperty("seq", out var seq) ? seq.GetInt64() : null;

    private static async Task UntilAsync(Func<bool> done)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!done())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
