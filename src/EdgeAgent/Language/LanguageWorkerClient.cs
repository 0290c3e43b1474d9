using EdgeAgent.Children;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.ModelPackages;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Language;

/// <summary>
/// Asks the language model in its child process, one alarm at a time. The child is started when it is first needed, kept
/// for the next alarm, killed when it exceeds its time, and started again after a rest.
/// </summary>
internal sealed class LanguageWorkerClient(
    LanguageWorkerOptions options, OwnProgram command, TimeProvider time, ILogger<LanguageWorkerClient> log) : IAsyncDisposable
{
    /// <summary>The worker gives up this much before its time is over, so that it can say so and live on.</summary>
    private static readonly TimeSpan LeastMargin = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _disposed = new();
    private readonly RestartBackoff _backoff = new(time);
    private LanguageWorkerOptions _options = options;
    private WorkerProcess? _worker;
    private volatile ModelIdentity? _model;
    private long _lastId;

    /// <summary>The model that the worker loaded last; null before its first start.</summary>
    public ModelIdentity? Model => _model;

    /// <summary>The child's process id; null while there is none.</summary>
    internal int? ProcessId => _worker?.Id;

    /// <summary>
    /// Returns an answer or a reason within the options' time. Throws for nothing that the worker does; only for the
    /// caller's own cancellation, which costs the worker its life if it was in the middle of an answer.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ModelOutcome> AskAsync(
        IReadOnlyList<Evidence> evidence, FaultLibrary library, CancellationToken cancellationToken)
    {
        if (_options.Package is null)
        {
            return ModelOutcome.Failed("no language package is configured");
        }

        var started = time.GetTimestamp();
        using var budget = new CancellationTokenSource(_options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken, _disposed.Token);
        try
        {
            await _turn.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                return await AskInTurnAsync(evidence, library, started, either.Token).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ModelOutcome.Failed(_disposed.IsCancellationRequested
                ? "the agent is stopping"
                : $"the language worker gave no answer within {_options.Timeout.TotalSeconds:0.#} s");
        }
    }

    /// <summary>From the next question on another package answers. A question that is being asked gets its answer first.</summary>
    /// <param name="package">The package's folder; null explains with the template only.</param>
    public async Task UseAsync(string? package)
    {
        await _turn.WaitAsync(_disposed.Token).ConfigureAwait(false);
        try
        {
            _options = _options with { Package = package };
            if (_worker is { } worker)
            {
                _worker = null;
                await worker.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the child. A question that is being asked comes back with a reason.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        if (_worker is { } worker)
        {
            _worker = null;
            await worker.DisposeAsync().ConfigureAwait(false);
        }

        // The turn and the token stay as they are: whoever asks from now on gets a reason.
        _turn.Release();
    }

    private async Task<ModelOutcome> AskInTurnAsync(
        IReadOnlyList<Evidence> evidence, FaultLibrary library, long started, CancellationToken cancellationToken)
    {
        if (await ReadyAsync(started, cancellationToken).ConfigureAwait(false) is { } notReady)
        {
            return ModelOutcome.Failed(notReady);
        }

        try
        {
            return await ExchangeAsync(evidence, library, started, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await GiveUpAsync("no answer in time").ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes sure that a worker runs and has loaded its model.</summary>
    /// <returns>null when one is ready, else why there is none.</returns>
    private async Task<string?> ReadyAsync(long started, CancellationToken cancellationToken)
    {
        if (_worker is { HasExited: true })
        {
            await GiveUpAsync("it died while idle").ConfigureAwait(false);
        }

        if (_worker is not null)
        {
            return null;
        }

        var rest = _backoff.Remaining;
        if (rest >= _options.Timeout - time.GetElapsedTime(started))
        {
            return $"the language worker failed {_backoff.Failures} times and rests for {rest.TotalSeconds:0} s";
        }

        await Task.Delay(rest, time, cancellationToken).ConfigureAwait(false);
        (_worker, var problem) = WorkerProcess.Start(command, _options, line => LanguageLog.Says(log, line), time);
        if (_worker is null)
        {
            _backoff.Fail();
            return problem;
        }

        return await GreetAsync(_worker, started, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> GreetAsync(WorkerProcess worker, long started, CancellationToken cancellationToken)
    {
        try
        {
            var hello = await worker.ReadAsync(WorkerJson.Default.WorkerHello, cancellationToken).ConfigureAwait(false);
            if (hello is { Ready: true, Model: { } model })
            {
                _model = model;
                LanguageLog.Ready(log, worker.Id, model.Name, model.Version, (long)time.GetElapsedTime(started).TotalMilliseconds);
                return null;
            }

            return await GiveUpAsync(hello?.Error ?? "it did not start").ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await GiveUpAsync("not ready in time").ConfigureAwait(false);
            throw;
        }
    }

    private async Task<ModelOutcome> ExchangeAsync(
        IReadOnlyList<Evidence> evidence, FaultLibrary library, long started, CancellationToken cancellationToken)
    {
        var left = _options.Timeout - time.GetElapsedTime(started);
        var margin = left / 10 > LeastMargin ? left / 10 : LeastMargin;
        var request = new WorkerRequest(
            ++_lastId, library.MachineType, [.. library.Faults.Select(fault => fault.Id)],
            EvidencePrompt.Shown(evidence),
            MaxTokens: null, (int)Math.Max(1, (left - margin).TotalMilliseconds));
        var reply = await _worker!.TryWriteAsync(request, WorkerJson.Default.WorkerRequest, cancellationToken).ConfigureAwait(false)
            ? await _worker.ReadAsync(WorkerJson.Default.WorkerReply, cancellationToken).ConfigureAwait(false)
            : null;
        if (reply is null || reply.Id != request.Id)
        {
            return ModelOutcome.Failed(await GiveUpAsync("it gave no reply").ConfigureAwait(false));
        }

        _backoff.Succeed();
        return reply is { Ok: true, Answer: { } answer }
            ? ModelOutcome.Answered(new ModelAnswer(answer, reply.Confidence, reply.Alternatives ?? [], _model!))
            : ModelOutcome.Failed(reply.Error ?? "the language worker gave neither an answer nor a reason");
    }

    /// <summary>Ends the worker and lets the next one wait.</summary>
    /// <returns>The reason as a sentence.</returns>
    private async Task<string> GiveUpAsync(string why)
    {
        var worker = _worker!;
        _worker = null;
        _backoff.Fail();
        var id = worker.Id;
        var end = await worker.KillAsync().ConfigureAwait(false);
        LanguageLog.GivenUp(log, id, $"{why}; {end}");
        return $"the language worker is not there: {why}; {end}";
    }
}
