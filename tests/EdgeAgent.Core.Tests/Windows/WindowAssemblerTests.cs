using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.Tests.Windows;

public sealed class WindowAssemblerTests
{
    private static readonly Channel[] Channels =
        [new("Noise", "humidity", "%"), new("Flow", ChannelRoles.Flow, "l/min"), new("Current", ChannelRoles.Current, "A")];

    private static readonly WindowSlot[] Slots =
        [new(ChannelRoles.Current, "A", Required: true), new(ChannelRoles.Flow, "l/min", Required: false), new(ChannelRoles.Voltage, "V", Required: false)];

    [Fact]
    public void Windows_hold_the_latest_samples_in_order_slot_by_slot()
    {
        var window = Assembler(samples: 3, hop: 1);
        for (var i = 0; i < 7; i++)
        {
            var due = Push(window, i, flow: 10 + i, current: 20 + i);
            Assert.Equal(i >= 2, due);
        }

        Assert.Equal([24, 14, 0, 25, 15, 0, 26, 16, 0], window.Window.ToArray());
        Assert.Equal([1, 1, 0], window.Present.ToArray());
    }

    [Fact]
    public void The_hop_says_how_many_samples_lie_between_windows()
    {
        var window = Assembler(samples: 4, hop: 3);

        var due = Enumerable.Range(0, 12).Where(i => Push(window, i, 1, 1)).ToArray();

        Assert.Equal([3, 6, 9], due);
    }

    [Fact]
    public void An_optional_slot_is_absent_until_a_whole_window_of_it_was_healthy()
    {
        var window = Assembler(samples: 3, hop: 1);
        var present = new List<float>();
        for (var i = 0; i < 8; i++)
        {
            Push(window, i, flow: i == 3 ? float.NaN : 1, current: 1);
            present.Add(window.Present[1]);
        }

        Assert.Equal([0, 0, 1, 0, 0, 0, 1, 1], present);
        Assert.DoesNotContain(window.Window.ToArray(), float.IsNaN);
    }

    [Fact]
    public void Without_a_required_slot_there_is_no_window()
    {
        var window = Assembler(samples: 2, hop: 1);

        var due = Enumerable.Range(0, 6).Select(i => Push(window, i, flow: 1, current: i == 2 ? float.NaN : 1)).ToArray();

        Assert.Equal([false, true, false, false, true, true], due);
    }

    [Fact]
    public void A_gap_begins_a_new_window()
    {
        var window = Assembler(samples: 3, hop: 1);
        int[] seconds = [0, 1, 2, 4, 20, 21, 22];

        var due = seconds.Select(second => Push(window, second, 1, 1)).ToArray();

        Assert.Equal([false, false, true, true, false, false, true], due);
    }

    [Fact]
    public void A_model_whose_required_role_no_channel_has_is_refused_with_the_role()
    {
        WindowSlot[] slots = [new(ChannelRoles.Pressure, "bar", Required: true)];

        Assert.False(SlotMap.TryCreate(slots, Channels, out _, out var problem));
        Assert.Contains("\"pressure\"", problem);
    }

    [Fact]
    public void A_channel_in_another_unit_than_the_model_takes_is_refused_with_both_units()
    {
        WindowSlot[] slots = [new(ChannelRoles.Flow, "m3/h", Required: false)];

        Assert.False(SlotMap.TryCreate(slots, Channels, out _, out var problem));
        Assert.Contains("l/min", problem);
        Assert.Contains("m3/h", problem);
    }

    private static WindowAssembler Assembler(int samples, int hop)
    {
        Assert.True(SlotMap.TryCreate(Slots, Channels, out var map, out _));
        return new WindowAssembler(map, samples, hop, maxGap: TimeSpan.FromSeconds(5));
    }

    private static bool Push(WindowAssembler window, int second, float flow, float current)
    {
        float[] values = [0, flow, current];
        var verdicts = values.Select(value => float.IsNaN(value) ? ChannelHealth.Missing : ChannelHealth.Ok).ToArray();
        return window.Push(TimeSpan.FromSeconds(second), values, verdicts);
    }
}
