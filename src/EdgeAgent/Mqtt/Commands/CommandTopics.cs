using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Mqtt.Commands;

/// <summary>Where commands come from and where their answers may go.</summary>
/// <param name="root">edgeagent/v1/{site}/{device}</param>
internal sealed class CommandTopics(string root)
{
    private const string OwnTree = "edgeagent/";
    private readonly string _commands = $"{root}/command/";
    private readonly string _answers = $"{root}/answer/";

    public string Filter => _commands + "+";

    /// <returns>The last level of the topic; null for a topic that is no command topic of this device.</returns>
    public string? NameIn(string topic) =>
        topic.StartsWith(_commands, StringComparison.Ordinal) && topic.IndexOf('/', _commands.Length) < 0 ? topic[_commands.Length..] : null;

    /// <summary>
    /// The agent may publish decisions that others act on. Whoever may only send commands must not make it publish an
    /// answer where a decision, a status or another agent's command is expected.
    /// </summary>
    public bool MayAnswerTo(string topic) =>
        MqttTopics.IsName(topic)
        && !topic.StartsWith('$')
        && (!topic.StartsWith(OwnTree, StringComparison.Ordinal) || topic.StartsWith(_answers, StringComparison.Ordinal));
}
