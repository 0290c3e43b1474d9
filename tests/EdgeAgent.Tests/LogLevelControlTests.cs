using EdgeAgent.Configuration;
using EdgeAgent.Pipeline;
using Serilog.Events;

namespace EdgeAgent.Tests;

public sealed class LogLevelControlTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_level_lasts_for_its_time_and_then_the_configs_own_is_back()
    {
        using var control = new LogLevelControl(LoggingLevel.Warning, _time);
        control.SetFor(LoggingLevel.Debug, TimeSpan.FromMinutes(5));
        _time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal((LoggingLevel.Debug, LogEventLevel.Debug), (control.Current, control.Switch.MinimumLevel));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((LoggingLevel.Warning, LogEventLevel.Warning), (control.Current, control.Switch.MinimumLevel));
    }

    [Fact]
    public void A_later_level_replaces_an_earlier_one_and_its_time()
    {
        using var control = new LogLevelControl(LoggingLevel.Information, _time);
        control.SetFor(LoggingLevel.Debug, TimeSpan.FromSeconds(10));
        control.SetFor(LoggingLevel.Error, TimeSpan.FromSeconds(100));
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(LoggingLevel.Error, control.Current);
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(LoggingLevel.Information, control.Current);
    }

    [Theory]
    [InlineData("{}", "/arguments/level: found nothing, allowed: \"debug\", \"information\", \"warning\", \"error\"")]
    [InlineData("""{"level":"DEBUG"}""", "/arguments/level: found \"DEBUG\", allowed: \"debug\", \"information\", \"warning\", \"error\"")]
    [InlineData("""{"level":"debug","seconds":0}""", "/arguments/seconds: found 0, allowed: a whole number 1..86400")]
    [InlineData("""{"level":"debug","seconds":1e99}""", "/arguments/seconds: found 1e99, allowed: a whole number 1..86400")]
    [InlineData("""{"level":"debug","seconds":1.5}""", "/arguments/seconds: found 1.5, allowed: a whole number 1..86400")]
    [InlineData("""{"level":"debug","for":5}""", "unknown argument \"for\"; known are level, seconds")]
    public void A_wrong_argument_is_named_and_changes_nothing(string arguments, string problem)
    {
        using var control = new LogLevelControl(LoggingLevel.Information, _time);
        var command = new LogLevelCommand(control);
        Assert.Null(command.Prepare("a", null, System.Text.Json.JsonElement.Parse(arguments), out var found));
        Assert.Equal(problem, found!.Text);
        Assert.Equal(LoggingLevel.Information, control.Current);
    }
}
