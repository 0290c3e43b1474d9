using EdgeAgent.Mqtt.Commands;

namespace EdgeAgent.Tests.Mqtt.Commands;

public sealed class CommandTopicsTests
{
    private static readonly CommandTopics Topics = new("edgeagent/v1/site/device");

    [Theory]
    [InlineData("edgeagent/v1/site/device/command/status", "status")]
    [InlineData("edgeagent/v1/site/device/command/", "")]
    [InlineData("edgeagent/v1/site/device/command/a/b", null)]
    [InlineData("edgeagent/v1/site/other/command/status", null)]
    [InlineData("edgeagent/v1/site/device/status", null)]
    public void The_name_is_the_last_level(string topic, string? name) => Assert.Equal(name, Topics.NameIn(topic));

    [Theory]
    [InlineData("plant/answers/hmi-1", true)]
    [InlineData("edgeagent/v1/site/device/answer/hmi-1", true)]
    [InlineData("edgeagent/v1/site/device/decision", false)]
    [InlineData("edgeagent/v1/site/device/status", false)]
    [InlineData("edgeagent/v1/site/device/command/status", false)]
    [InlineData("edgeagent/v1/site/other/answer/hmi-1", false)]
    [InlineData("edgeagent/v1/site/other/command/calibrate", false)]
    [InlineData("$SYS/broker", false)]
    [InlineData("a/+/b", false)]
    [InlineData("#", false)]
    [InlineData("", false)]
    public void No_answer_goes_where_a_decision_or_a_command_is_expected(string topic, bool may) => Assert.Equal(may, Topics.MayAnswerTo(topic));
}
