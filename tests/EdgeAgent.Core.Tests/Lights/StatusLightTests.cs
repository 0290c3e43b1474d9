using EdgeAgent.Core.Lights;

namespace EdgeAgent.Core.Tests.Lights;

public sealed class StatusLightTests
{
    private readonly StatusLight _light = new(TimeSpan.Zero);

    [Fact]
    public void Running_is_a_short_flash_every_two_seconds() =>
        Assert.Equal("#...................#...................", Shown(0, 40));

    [Fact]
    public void An_alarm_blinks_evenly_from_the_moment_on_that_it_stands_and_stops_with_it()
    {
        _light.Follow(alarmStands: true, At(0.9));
        var during = Shown(0.9, 15);
        _light.Follow(alarmStands: false, At(2.4));

        Assert.Equal("###..###..###..", during);
        Assert.Equal("#...", Shown(2.4, 4));
    }

    [Fact]
    public void An_alarm_that_goes_on_does_not_begin_its_pattern_anew()
    {
        _light.Follow(alarmStands: true, At(0));
        _light.Follow(alarmStands: true, At(0.3));

        Assert.False(_light.At(At(0.3)).Lit);
    }

    [Theory]
    [InlineData(LightSign.PackageAccepted, "##################..##################..##################..")]
    [InlineData(LightSign.PackageRefused, "##.##.......##.##.......##.##.......##.##.......##.##.......")]
    public void What_became_of_a_package_is_told_once_and_then_what_was_there_before(LightSign verdict, string pattern)
    {
        _light.Follow(alarmStands: true, At(0));
        _light.Tell(verdict, At(10));

        Assert.Equal(pattern, Shown(10, 60));
        Assert.Equal("###..", Shown(16, 5));
    }

    [Fact]
    public void The_four_signs_look_different()
    {
        var seen = Enum.GetValues<LightSign>().Select(sign =>
        {
            var pattern = LightPattern.Of(sign);
            return string.Concat(Enumerable.Range(0, 40).Select(i => pattern.At(At(i / 20.0)).Lit ? '#' : '.'));
        });

        Assert.Equal(4, seen.Distinct().Count());
    }

    [Fact]
    public void Asking_when_it_says_misses_no_change()
    {
        _light.Tell(LightSign.PackageRefused, At(0.05));
        var now = At(0.05);
        var changes = new List<(double, bool)>();
        while (now < At(2.2))
        {
            var (lit, until) = _light.At(now);
            Assert.True(until > now);
            changes.Add((Math.Round(now.TotalSeconds, 3), lit));
            now = until;
        }

        Assert.Equal(
            [(0.05, true), (0.2, false), (0.35, true), (0.5, false), (1.25, true), (1.4, false), (1.55, true), (1.7, false)], changes);
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Looks every tenth of a second.</summary>
    private string Shown(double from, int looks) =>
        string.Concat(Enumerable.Range(0, looks).Select(i => _light.At(At(Math.Round(from + (i / 10.0), 3))).Lit ? '#' : '.'));
}
