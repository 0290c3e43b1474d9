using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>Asks a language model about an alarm. Never throws for a model that is missing, slow, dead or talks nonsense.</summary>
internal delegate Task<ModelOutcome> AskModel(IReadOnlyList<Evidence> evidence, FaultLibrary library, CancellationToken cancellationToken);

/// <summary>
/// Raised alarms ─▶ the language model within its time budget, else the template ─▶ a diagnosis about the same alarm. It
/// stands behind the store loop: the alarm was on its way before this loop heard of it.
/// </summary>
internal sealed class ExplainLoop(
    PipelineChannels channels,
    FaultLibrary library,
    AskModel ask,
    Func<DateTimeOffset, Guid> newId,
    PipelineCounters counters,
    TimeProvider time,
    ILogger<ExplainLoop> log)
{
    /// <summary>In a burst, only the first alarms are worth the model's time; the template explains the rest at once.</summary>
    private const int MostForModel = 3;

    /// <summary>Runs until the raised channel is completed and everything in it is explained.</summary>
    /// <param name="hurry">From its cancellation on the template explains, so that a stop is quick.</param>
    public async Task RunAsync(CancellationToken hurry)
    {
        await foreach (var raised in channels.Raised.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var diagnosis = await ExplainAsync(raised, hurry).ConfigureAwait(false);
            await channels.Items.Writer.WriteAsync(new OutboxItem.ForDiagnosis(diagnosis, raised.Severity), CancellationToken.None)
                .ConfigureAwait(false);
        }
    }

    private async Task<Diagnosis> ExplainAsync(Decision raised, CancellationToken hurry)
    {
        var started = time.GetTimestamp();
        var evidence = raised.Evidence ?? [];
        var outcome = hurry.IsCancellationRequested ? ModelOutcome.Failed("the agent is stopping")
            : channels.Raised.Reader.Count >= MostForModel ? ModelOutcome.Failed("several alarms at once")
            : await AskAsync(evidence, hurry).ConfigureAwait(false);
        var subject = new DiagnosisSubject(newId(time.GetUtcNow()), raised.AlarmId ?? raised.Id, raised.Id, evidence, library);
        var composed = DiagnosisComposer.Compose(subject, outcome, time.GetElapsedTime(started));
        if (composed.TemplateReason is { } why)
        {
            PipelineLog.TemplateInstead(log, why);
        }

        var made = composed.Diagnosis;
        counters.Explained(byModel: made.Author == Diagnosis.AuthorModel);
        PipelineLog.Explained(log, made.AlarmId, made.Fault, made.Author, made.LatencyMs);
        return made;
    }

    private async Task<ModelOutcome> AskAsync(IReadOnlyList<Evidence> evidence, CancellationToken hurry)
    {
        try
        {
            return await ask(evidence, library, hurry).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (hurry.IsCancellationRequested)
        {
            return ModelOutcome.Failed("the agent is stopping");
        }
    }
}
