using System.Text.Json.Nodes;
using System.Threading.Channels;
using EdgeAgent.Commanding;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Mqtt.Commands;

/// <summary>
/// Between the connections of one pipeline and the executor; it outlives a connection.
/// <code>
///  connection ──Receive──▶ intake ──queue──▶ CommandExecutor ──answers──▶ CommandLink ──▶ connection
///                             └──────────── rejected, busy ──────▲
/// </code>
/// A full queue: the newest is answered "busy". Full answers: the newest is dropped and counted, and its sender gets it by
/// sending the command again.
/// </summary>
internal sealed class CommandDesk
{
    private const int AnswersThatWait = 64;

    private readonly CommandIntake _intake;
    private readonly Func<Moment> _now;
    private readonly Channel<CommandRequest> _queue;
    private readonly Channel<OutgoingAnswer> _answers;

    public CommandDesk(CommandIntake intake, CommandTopics topics, CommandLimits limits, CommandTally tally, Func<Moment> now)
    {
        _intake = intake;
        _now = now;
        Filter = topics.Filter;
        AnswerExpiry = limits.AnswerExpiry;
        Tally = tally;
        _queue = Channel.CreateBounded<CommandRequest>(new BoundedChannelOptions(limits.Queue) { SingleReader = true });
        _answers = Channel.CreateBounded<OutgoingAnswer>(
            new BoundedChannelOptions(AnswersThatWait) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            _ => tally.AnswerLost());
    }

    public string Filter { get; }

    public TimeSpan AnswerExpiry { get; }

    public CommandTally Tally { get; }

    public ChannelReader<CommandRequest> Queue => _queue.Reader;

    public ChannelReader<OutgoingAnswer> Answers => _answers.Reader;

    /// <summary>Takes, rejects or ignores what arrived; never blocks and has no effect of its own.</summary>
    public void Receive(MqttMessage message)
    {
        var receipt = _intake.Judge(message);
        if (receipt.Request is { } request && _queue.Writer.TryWrite(request))
        {
            return;
        }

        var (result, problem) = receipt.Problem is { } wrong
            ? (CommandResults.Rejected, wrong)
            : (CommandResults.Busy, new CommandProblem(CommandCodes.Busy, "other commands wait; send it again, with the same id"));
        Tally.Reject(receipt.Name, problem);
        if (receipt.ReplyTo is { } to)
        {
            Answer(to, Word(receipt.Id, receipt.Name, new CommandOutcome(result, problem.Code, problem.Text)), repeated: false);
        }
    }

    public void Answer(ReplyAddress to, byte[] body, bool repeated, Func<byte[]>? shorter = null) =>
        _answers.Writer.TryWrite(new OutgoingAnswer(to, body, repeated, shorter));

    /// <summary>An outcome as the bytes that are sent, and kept for a repetition.</summary>
    public byte[] Word(string? id, string command, CommandOutcome outcome)
    {
        var now = _now();
        return new CommandAnswer(
            CommandAnswer.SchemaName, id, command, outcome.Result, outcome.Code, outcome.Message, now.At,
            now.Synced ? "synced" : "unsynced", (JsonObject?)outcome.Data?.DeepClone()).Write();
    }
}
