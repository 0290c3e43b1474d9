using EdgeAgent.Sensors.Csv;

namespace EdgeAgent.Tests.Sensors.Csv;

public sealed class CsvTimeTests
{
    [Theory]
    [InlineData("2020-03-09 10:14:33")]
    [InlineData("2020-03-09T10:14:33Z")]
    [InlineData("2020-03-09T11:14:33+01:00")]
    [InlineData("2020-03-09T10:14:33.000000000Z")]
    [InlineData("2020-03-09 10:14:33,000")]
    [InlineData("2020/03/09 10:14:33")]
    [InlineData("09.03.2020 10:14:33")]
    [InlineData("1583748873")]
    [InlineData("1583748873.0")]
    [InlineData("1583748873000")]
    [InlineData("1583748873000000")]
    [InlineData("1583748873000000000")]
    public void The_same_moment_is_read_in_every_usual_form(string text)
    {
        Assert.True(CsvTime.TryParse(text, out var time));
        Assert.Equal(new DateTimeOffset(2020, 3, 9, 10, 14, 33, TimeSpan.Zero), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("03/09/2020 10:14")]
    [InlineData("2020-13-09 10:14:33")]
    [InlineData("1e400")]
    [InlineData("999999999999999999999999999999")]
    [InlineData("2020-03-09 10:14:33.0000000000000000000000000000000000000000000000000000")]
    public void What_is_no_time_or_two_times_is_refused(string text) => Assert.False(CsvTime.TryParse(text, out _));
}
