using EdgeAgent.Core.Alarms;
using EdgeAgent.Outputs;
using EdgeAgent.Sensors.Hardware.Gpio;
using EdgeAgent.Tests.Sensors.Hardware.Gpio;

namespace EdgeAgent.Tests.Outputs;

/// <summary>Lines in memory behind the kernel's adapter, and a clock that stands still until a test moves it.</summary>
public sealed class OutputLoopTests : IAsyncDisposable
{
    private static readonly AlarmShelf Shelf =
        new(Guid.Empty, ManualTime.Start.AddHours(1), "boot", TimeSpan.FromHours(1), TimeSpan.FromHours(1), "Ann", null);

    private readonly FakeGpioKernel _kernel = new();
    private readonly FakeGpioLine _lamp;
    private readonly FakeGpioLine _relay;
    private readonly FakeAlarms _alarms = new();
    private readonly OutputBell _bell = new();
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _told = [];
    private Task _running = Task.CompletedTask;

    public OutputLoopTests()
    {
        var chip = _kernel.Add("gpiochip0", "pinctrl-test", "LAMP", "RELAY");
        (_lamp, _relay) = (chip.Lines[0], chip.Lines[1]);
    }

    [Fact]
    public async Task A_lamp_flashes_while_the_agent_runs_and_is_off_when_it_has_ended()
    {
        Start(Lamp());
        await UntilAsync(() => _lamp.IsHigh);

        await PassAsync(0.1);
        Assert.False(_lamp.IsHigh);
        await PassAsync(1.9);
        Assert.True(_lamp.IsHigh);
        await StopAsync();

        Assert.False(_lamp.IsHigh);
        Assert.False(_lamp.IsTaken);
    }

    [Fact]
    public async Task An_alarm_is_shown_at_once_and_until_it_ends()
    {
        Start(Lamp(), Relay(Severity.Warning));
        await UntilAsync(() => _relay.IsTaken);
        await PassAsync(0.1);
        Assert.False(_relay.IsHigh);

        _alarms.Stand(FakeAlarms.Machine(Severity.Warning));
        await UntilAsync(() => _lamp.IsHigh && _relay.IsHigh);
        _alarms.Stand();
        await UntilAsync(() => !_relay.IsHigh);
    }

    [Fact]
    public async Task A_relay_leaves_sensors_and_lesser_alarms_to_others()
    {
        Start(Relay(Severity.Critical));
        await UntilAsync(() => _relay.IsTaken);

        _alarms.Stand(FakeAlarms.Sensor("Flow"), FakeAlarms.Machine(Severity.Warning));
        await PassAsync(1);
        Assert.False(_relay.IsHigh);
        _alarms.Stand(FakeAlarms.Machine(Severity.Critical));
        await UntilAsync(() => _relay.IsHigh);
    }

    [Fact]
    public async Task An_alarm_that_is_shelved_or_suppressed_is_not_shown()
    {
        var alarm = FakeAlarms.Machine(Severity.Critical);
        Start(Relay(Severity.Warning));
        await UntilAsync(() => _relay.IsTaken);

        _alarms.Stand(alarm with { Shelf = Shelf });
        await PassAsync(1);
        Assert.False(_relay.IsHigh);
        _alarms.Stand(alarm with { Alarm = alarm.Alarm! with { Suppressed = true } });
        await PassAsync(1);
        Assert.False(_relay.IsHigh);
        _alarms.Stand(alarm);
        await UntilAsync(() => _relay.IsHigh);
    }

    [Theory]
    [InlineData(true, 1.7)]
    [InlineData(false, 0.1)]
    public async Task What_became_of_a_package_is_shown(bool accepted, double litSeconds)
    {
        Start(Lamp());
        await PassAsync(0.1);
        await UntilAsync(() => !_lamp.IsHigh);

        _bell.Judged(accepted);
        await UntilAsync(() => _lamp.IsHigh);
        await PassAsync(litSeconds);
        Assert.True(_lamp.IsHigh);
        await PassAsync(0.05);
        Assert.False(_lamp.IsHigh);
    }

    [Fact]
    public async Task A_relay_whose_drop_out_is_the_alarm_is_dropped_at_the_end()
    {
        Start(Relay(Severity.Warning, activeLow: true, safe: true));
        await UntilAsync(() => _relay.IsTaken && _relay.IsHigh);

        await StopAsync();

        Assert.False(_relay.IsHigh);
    }

    [Fact]
    public async Task A_line_that_is_held_by_another_is_told_once_and_taken_when_it_is_free()
    {
        _relay.Consumer = "somebody";
        Start(Relay(Severity.Warning));
        await UntilAsync(() => _told.Count == 1);
        await PassAsync(1);
        await PassAsync(2);
        Assert.Equal(["bus-error"], _told);

        _relay.Consumer = null;
        _alarms.Stand(FakeAlarms.Machine(Severity.Warning));
        for (var second = 0; second < 20; second++)
        {
            await PassAsync(1);
        }

        Assert.True(_relay.IsHigh);
        Assert.Equal(["bus-error", "well"], _told);
    }

    [Fact]
    public async Task Without_outputs_there_is_nothing_to_do()
    {
        Start();

        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _kernel.Dispose();
    }

    private void Start(params IOutput[] outputs) => _running = new OutputLoop(outputs, _alarms, _bell, _time).RunAsync(_stop.Token);

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    private StatusLightOutput Lamp() => new(Line("LAMP", activeLow: false, safe: false), TimeSpan.Zero);

    private AlarmRelayOutput Relay(Severity from, bool activeLow = false, bool safe = false) => new(Line("RELAY", activeLow, safe), from);

    private HeldLine Line(string name, bool activeLow, bool safe) => new(
        new GpioLineRequest(null, name, null) { ActiveLow = activeLow },
        safe,
        new GpioKernelLines(_kernel.Devices, _kernel.Control).Open,
        fault => _told.Add(fault?.Name ?? "well"));

    /// <summary>Moves the clock, and waits until the loop has done what was due and waits again.</summary>
    private async Task PassAsync(double seconds)
    {
        await _time.SomebodyWaits();
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await _time.SomebodyWaits();
    }

    /// <summary>What the loop does without the clock, it does soon.</summary>
    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
