using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EdgeAgent.Commanding;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Mqtt.Commands;

/// <summary>
/// Carries commands out, one at a time. A command with an effect is written down before it begins and its answer before it
/// is sent, so that the same id has no second effect, whenever the agent dies in between.
/// </summary>
internal sealed class CommandExecutor(CommandDesk desk, ICommandMemory memory, TimeProvider time, ILogger<CommandExecutor> log)
{
    /// <summary>Runs until <paramref name="stop"/>; what waits then is told that nothing happened.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (await desk.Queue.WaitToReadAsync(stop).ConfigureAwait(false))
            {
                while (!stop.IsCancellationRequested && desk.Queue.TryRead(out var request))
                {
                    await ExecuteAsync(request, stop).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // At this point: what waits was never begun.
        }

        while (desk.Queue.TryRead(out var late))
        {
            Reply(late, new CommandOutcome(CommandResults.Busy, CommandCodes.Stopping, "the agent is stopping; send it again, with the same id"));
        }
    }

    private async Task ExecuteAsync(CommandRequest request, CancellationToken stop)
    {
        var (id, who, arguments) = request.Envelope;
        var name = request.Command.Name;
        if (request.Command.Prepare(id, who, arguments, out var problem) is not { } run)
        {
            desk.Tally.Reject(name, problem!);
            Reply(request, CommandOutcome.Rejected(problem!));
            return;
        }

        var remembers = request.Command.HasEffect;
        if (remembers && Recall(request) is { } earlier)
        {
            desk.Answer(request.ReplyTo, earlier.Body, earlier.Repeated);
            return;
        }

        // At this point: nothing has happened, and if there will be an effect, the id is on the disk.
        var outcome = await TryAsync(run, name, id, stop).ConfigureAwait(false);
        desk.Tally.Execute();
        CommandLog.Executed(log, name, id, ArgumentReader.Quote(who ?? "nobody named"), outcome.Result, outcome.Message);
        var body = desk.Word(id, name, outcome);
        if (remembers && memory.Finish(id, body) is { } trouble)
        {
            // The effect is there and its sender is told. A repetition would hear "interrupted", and have no effect either.
            CommandLog.MemoryFailing(log, trouble);
        }

        desk.Answer(request.ReplyTo, body, repeated: false, () => desk.Word(id, name, CommandOutcome.Failed(
            CommandCodes.AnswerTooLarge, $"it was carried out, but the broker takes no message of the answer's {body.Length} bytes")));
        outcome.Afterwards?.Invoke();
    }

    /// <summary>Writes the id down, or says what to answer instead of carrying the command out.</summary>
    private (byte[] Body, bool Repeated)? Recall(CommandRequest request)
    {
        var (id, _, _) = request.Envelope;
        var isLate = request.Expiry is { } expiry && time.GetElapsedTime(request.ReceivedAt) >= expiry;
        var known = memory.Begin(id, PrintOf(request), write: !isLate);
        switch (known.State)
        {
            case RememberedState.Answered:
                desk.Tally.Repeat();
                return (known.Answer!, true);
            case RememberedState.Unanswered:
                desk.Tally.Repeat();
                var interrupted = desk.Word(id, request.Command.Name, CommandOutcome.Failed(
                    CommandCodes.Interrupted, "the agent stopped while it carried this out, and cannot tell how far it came; it is not begun again"));
                memory.Finish(id, interrupted);
                return (interrupted, true);
            case RememberedState.OtherContent:
                return Instead(request, CommandResults.Rejected, CommandCodes.IdReused, "this id was used for another command or other arguments");
            case RememberedState.Trouble:
                CommandLog.MemoryFailing(log, known.Trouble!);
                return Instead(request, CommandResults.Failed, CommandCodes.NotStored, "the command could not be written down, so it was not begun; the disk may be full");
            default:
                return !isLate ? null : Instead(request, CommandResults.Refused, CommandCodes.Expired, "its message expiry passed while it waited");
        }
    }

    private (byte[] Body, bool Repeated) Instead(CommandRequest request, string result, string code, string why)
    {
        desk.Tally.Reject(request.Command.Name, new CommandProblem(code, why));
        return (desk.Word(request.Envelope.Id, request.Command.Name, new CommandOutcome(result, code, why)), false);
    }

    private async ValueTask<CommandOutcome> TryAsync(CommandRun run, string name, string id, CancellationToken stop)
    {
        try
        {
            return await run(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return CommandOutcome.Failed(CommandCodes.Stopping, "the agent stopped before this was done");
        }
#pragma warning disable CA1031 // Going on is safe: a command asks other parts for something and holds nothing of its own.
        catch (Exception e)
#pragma warning restore CA1031
        {
            CommandLog.Broke(log, name, id, e);
            return CommandOutcome.Failed(CommandCodes.Broken, "a fault in the agent; its log says more");
        }
    }

    private void Reply(CommandRequest request, CommandOutcome outcome) =>
        desk.Answer(request.ReplyTo, desk.Word(request.Envelope.Id, request.Command.Name, outcome), repeated: false);

    /// <summary>Equal for a message that is sent again, whatever its spaces.</summary>
    private static byte[] PrintOf(CommandRequest request) => SHA256.HashData(
        Encoding.UTF8.GetBytes($"{request.Command.Name}\n{JsonSerializer.Serialize(request.Envelope.Arguments, CommandPrintJson.Default.JsonElement)}"));
}
