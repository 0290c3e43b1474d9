using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using EdgeAgent.Children;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Inference.Language;
using EdgeAgent.Inference.Language.Decoding;
using Microsoft.ML.OnnxRuntime;

namespace EdgeAgent.Language;

/// <summary>
/// The child process: loads the model, says hello, then answers one line after the other until its input ends. Its output
/// is protocol only; whatever else there is to say goes to <paramref name="log"/>.
/// </summary>
internal sealed class LanguageWorkerHost(Stream input, Stream output, TextWriter log, TimeProvider time)
{
    /// <summary>
    /// One thread blocks on the input and one writes the answer. With as many threads as a small box has cores, the
    /// deadline's timer would then wait for a thread until the pool thinks of adding one.
    /// </summary>
    private const int LeastPoolThreads = 4;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string package, int threads, int? memoryLimitMB, CancellationToken stop)
    {
        ThreadPool.SetMinThreads(LeastPoolThreads, LeastPoolThreads);
        foreach (var refusedByKernel in WorkerPriority.Lower())
        {
            await log.WriteLineAsync(refusedByKernel).ConfigureAwait(false);
        }

        if (memoryLimitMB is { } megabytes && MemoryLimit.Set(megabytes) is { } problem)
        {
            await log.WriteLineAsync(problem).ConfigureAwait(false);
        }

        if (!LanguageModel.TryLoad(package, threads, time, out var loaded, out var refusal))
        {
            var refused = new WorkerHello(false, null, refusal.ToString());
            await WriteAsync(refused, WorkerJson.Default.WorkerHello, stop).ConfigureAwait(false);
            return ExitCodes.PackageRefused;
        }

        using var model = loaded;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            await WriteAsync(new WorkerHello(true, model.Identity, null), WorkerJson.Default.WorkerHello, stop).ConfigureAwait(false);
            await AnswerAllAsync(model, ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The agent is gone or asks for the end; nobody waits for the line that was being written.
        }

        return ExitCodes.Done;
    }

    /// <summary>
    /// The next line is read while an answer is being written, so that the end of the input, which is the agent's death,
    /// is noticed and ends the answer.
    /// </summary>
    private async Task AnswerAllAsync(LanguageModel model, CancellationTokenSource ended)
    {
        var reader = new LineReader(input);
        var next = ReadOrEndAsync(reader, ended);
        try
        {
            // The wait ends with the token even where the read itself cannot be cancelled, as on a terminal.
            while (await next.WaitAsync(ended.Token).ConfigureAwait(false) is { } line)
            {
                next = ReadOrEndAsync(reader, ended);
                var reply = await OnOwnThread(() => Answer(model, line, ended.Token)).ConfigureAwait(false);
                await WriteAsync(reply, WorkerJson.Default.WorkerReply, ended.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && ended.IsCancellationRequested)
        {
            // The input has ended or a signal came: nobody waits for the answer any more.
        }
    }

    private static async Task<string?> ReadOrEndAsync(LineReader reader, CancellationTokenSource ended)
    {
        var line = await reader.ReadAsync(ended.Token).ConfigureAwait(false);
        if (line is null)
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }

        return line;
    }

    /// <summary>
    /// Writing keeps a thread busy for seconds, and reading stdin blocks another. On two cores these would be all threads of
    /// the pool, and the timer of the deadline would wait for one.
    /// </summary>
    private static Task<WorkerReply> OnOwnThread(Func<WorkerReply> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private WorkerReply Answer(LanguageModel model, string line, CancellationToken ended)
    {
        if (!TryRead(line, out var request))
        {
            return Failed(0, "the request is not JSON of the worker's protocol", 0, 0);
        }

        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Max(1, request.DeadlineMs)), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, deadline.Token);
        try
        {
            var prompt = EvidencePrompt.Create(request.MachineType, request.Faults, request.Evidence);
            if (prompt.Items.FirstOrDefault(shown => Statistics.VersionOf(shown.Item.Statistic) > model.EvidenceVersion) is { Item: var item })
            {
                return Failed(
                    request.Id,
                    $"the language package speaks evidence vocabulary {model.EvidenceVersion}, and {item.Channel} {item.Statistic} "
                    + $"is of vocabulary {Statistics.VersionOf(item.Statistic)}",
                    0, 0);
            }

            var made = model.Diagnose(prompt, request.MaxTokens ?? model.MaxNewTokens, either.Token);
            var latency = (long)time.GetElapsedTime(started).TotalMilliseconds;
            var tokens = made.Generation.Tokens.Count;
            return made.Generation.End == GenerationEnd.Complete
                ? new WorkerReply(request.Id, true, made.Text, ShareOfChosen(made), made.Shares, null, tokens, latency)
                : Failed(request.Id, WhyCutShort(made.Generation, request), tokens, latency);
        }
        catch (Exception e) when (e is OnnxRuntimeException or OutOfMemoryException)
        {
            // The session has forgotten the broken conversation; the next request starts a new one.
            var latency = (long)time.GetElapsedTime(started).TotalMilliseconds;
            return Failed(request.Id, $"the model failed: {e.Message.ReplaceLineEndings(" ")}", 0, latency);
        }
    }

    private static string WhyCutShort(Generation generation, WorkerRequest request) => generation.End switch
    {
        GenerationEnd.Budget => $"no complete answer within {generation.Tokens.Count} tokens after a prompt of {generation.PromptTokens}",
        GenerationEnd.Deadline => $"no complete answer within {request.DeadlineMs} ms ({generation.Tokens.Count} tokens)",
        GenerationEnd.BadLogits => "the model's logits are not numbers",
        _ => "the vocabulary has no token to go on with",
    };

    private static double ShareOfChosen(DiagnosisGeneration made)
    {
        using var answer = JsonDocument.Parse(made.Text);
        var chosen = answer.RootElement.GetProperty("fault").GetString();
        return made.Shares.First(share => share.Fault == chosen).Confidence;
    }

    private static WorkerReply Failed(long id, string why, int tokens, long latencyMs) =>
        new(id, false, null, 0, null, why, tokens, latencyMs);

    private static bool TryRead(string line, [NotNullWhen(true)] out WorkerRequest? request)
    {
        try
        {
            request = JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerRequest);
        }
        catch (JsonException)
        {
            request = null;
        }

        return request is { MachineType: not null, Faults: not null, Evidence: not null };
    }

    private async Task WriteAsync<T>(T message, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken stop)
    {
        await output.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(message, type), (byte)'\n'], stop).ConfigureAwait(false);
        await output.FlushAsync(stop).ConfigureAwait(false);
    }
}
