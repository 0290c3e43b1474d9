using EdgeAgent.Commanding;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Mqtt.Commands;

/// <summary>Judges what arrives on the command topics, before anything that has an effect sees it.</summary>
/// <param name="commands">Every command that this agent has, by name.</param>
/// <param name="allowed">Of these, the names that the config allows.</param>
internal sealed class CommandIntake(
    CommandTopics topics, IReadOnlyDictionary<string, ICommand> commands, IReadOnlySet<string> allowed, int largest, TimeProvider time)
{
    public CommandReceipt Judge(MqttMessage message)
    {
        var name = topics.NameIn(message.Topic) ?? "";
        var reply = message.ResponseTopic is { } to && topics.MayAnswerTo(to) ? new ReplyAddress(to, message.CorrelationData) : null;
        if (message.Retain)
        {
            // It may be years old, and the broker hands it out at every connection: whoever waits for an answer is long gone.
            return new CommandReceipt(name, Id: null, ReplyTo: null, Request: null, new CommandProblem(CommandCodes.Retained, "a retained command is ignored"));
        }

        if (message.Payload.Length > largest)
        {
            return Rejected(name, id: null, reply, CommandCodes.TooLarge, $"{message.Payload.Length} bytes; allowed are {largest}");
        }

        if (!CommandEnvelopeReader.TryRead(message.Payload, out var id, out var envelope, out var problem))
        {
            return new CommandReceipt(name, id, reply, Request: null, problem);
        }

        if (!commands.TryGetValue(name, out var command))
        {
            return Rejected(name, id, reply, CommandCodes.Unknown, $"this agent knows {string.Join(", ", commands.Keys.Order(StringComparer.Ordinal))}");
        }

        if (!allowed.Contains(name))
        {
            return Rejected(name, id, reply, CommandCodes.NotAllowed, "the config of this device does not allow it");
        }

        return reply is null
            ? Rejected(name, id, reply, CommandCodes.NoReply, "it names no response topic that the agent may answer to")
            : new CommandReceipt(name, id, reply, new CommandRequest(command, envelope, reply, time.GetTimestamp(), message.Expiry), Problem: null);
    }

    private static CommandReceipt Rejected(string name, string? id, ReplyAddress? reply, string code, string why) =>
        new(name, id, reply, Request: null, new CommandProblem(code, why));
}
