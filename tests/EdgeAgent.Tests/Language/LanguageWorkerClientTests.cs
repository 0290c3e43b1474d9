using System.Diagnostics;
using System.Globalization;
using EdgeAgent.Children;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.Tests.Diagnosis;
using EdgeAgent.Inference.Tests.Language;
using EdgeAgent.Language;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Language;

/// <summary>Every test drives a real child process with a real ONNX session in it.</summary>
public sealed class LanguageWorkerClientTests
{
    private static readonly Evidence[] Evidence =
    [
        new("Flow", "flow", "l/min", "mean", 27.1, 32.0, -6.3, "falling", 12),
        new("Vibration 1", "vibration", "g", "mean", 0.0412, 0.0265, 4.0, "rising", 3),
        new("Broken", "voltage", "V", "mean", double.NaN, 230, double.NaN, "steady", null),
    ];

    // Generous: these machines are shared, and a time that is too short would test the neighbours.
    private static readonly TimeSpan Plenty = TimeSpan.FromMinutes(2);

    private static readonly OwnProgram Agent =
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "edgeagent.dll")]);

    [Fact]
    public async Task A_worker_explains_one_alarm_after_the_other_in_the_same_process()
    {
        await using var client = Client("float");

        AssertGrounded(await AskAsync(client));
        var first = client.ProcessId;
        AssertGrounded(await AskAsync(client));

        Assert.NotNull(first);
        Assert.Equal(first, client.ProcessId);
    }

    [Fact]
    public async Task Evidence_that_is_newer_than_the_package_is_left_to_the_template_and_costs_the_worker_nothing()
    {
        await using var client = Client("float");
        Evidence[] newer = [.. Evidence, new("Vibration 1", "vibration", "dB", "bpfo", 14, 2, 12, "rising", 3)];

        var outcome = await client.AskAsync(newer, RandomEvidence.Library, CancellationToken.None);
        var worker = client.ProcessId;
        var composed = DiagnosisComposer.Compose(
            new DiagnosisSubject(Guid.Empty, Guid.Empty, Guid.Empty, newer, RandomEvidence.Library), outcome, TimeSpan.Zero);

        Assert.Equal(
            "the language package speaks evidence vocabulary 1, and Vibration 1 bpfo is of vocabulary 2", composed.TemplateReason);
        Assert.Equal("template", composed.Diagnosis.Author);
        AssertGrounded(await AskAsync(client));
        Assert.Equal(worker, client.ProcessId);
    }

    [Fact]
    public async Task Questions_at_the_same_time_are_answered_in_turn()
    {
        await using var client = Client("float");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskAsync(client)));

        Assert.All(outcomes, AssertGrounded);
    }

    [Fact]
    public async Task Kill_9_in_the_middle_of_an_explanation_gives_a_reason_and_the_next_question_an_answer()
    {
        await using var client = Client("slow");
        await AskAsync(client);
        var killed = client.ProcessId!.Value;
        var asked = AskAsync(client);
        await UntilItWorksAsync(killed, asked);

        Process.GetProcessById(killed).Kill();
        var outcome = await asked;
        var next = await AskAsync(client);

        Assert.Contains("killed by signal 9", outcome.Reason, StringComparison.Ordinal);
        AssertGrounded(next);
        Assert.NotEqual(killed, client.ProcessId);
    }

    [Fact]
    public async Task A_worker_that_hangs_is_killed_when_its_time_is_over()
    {
        await using var client = Client("float", TimeSpan.FromSeconds(15));
        await AskAsync(client);
        var frozen = client.ProcessId!.Value;
        Signal("STOP", frozen);

        var started = TimeProvider.System.GetTimestamp();
        var outcome = await AskAsync(client);
        var took = TimeProvider.System.GetElapsedTime(started);

        Assert.Equal("the language worker gave no answer within 15 s", outcome.Reason);
        Assert.InRange(took, TimeSpan.FromSeconds(14.9), TimeSpan.FromSeconds(30));
        Assert.Null(client.ProcessId);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(frozen));
        AssertGrounded(await AskAsync(client));
    }

    [Fact]
    public async Task A_model_that_is_too_slow_says_so_itself_and_its_worker_lives_on()
    {
        using var worker = Start("slow");
        await worker.StandardOutput.ReadLineAsync();
        foreach (var (deadlineMs, expected) in new[] { (1, "no complete answer within 1 ms"), (600_000, "\"ok\":true") })
        {
            await worker.StandardInput.WriteLineAsync(
                $$"""{"id":1,"machineType":"pump","faults":["leak"],"evidence":[],"deadlineMs":{{deadlineMs}}}""");

            Assert.Contains(expected, await worker.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        }

        worker.StandardInput.Close();
        Assert.Equal(ExitCodes.Done, await ExitCodeAsync(worker));
    }

    [Fact]
    public async Task A_worker_that_takes_more_memory_than_it_may_costs_one_explanation()
    {
        await using var client = Client("hungry", memoryLimitMB: 512);

        var outcome = await AskAsync(client);

        Assert.NotNull(outcome.Reason);
        Assert.DoesNotContain("no answer within", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_stands_behind_everything_else_on_the_machine()
    {
        await using var client = Client("float");
        await AskAsync(client);
        var proc = $"/proc/{client.ProcessId}";

        Assert.Equal("1000", (await File.ReadAllTextAsync($"{proc}/oom_score_adj")).Trim());
        var nices = Directory.EnumerateDirectories($"{proc}/task").Select(NiceOf).ToList();
        Assert.All(nices, nice => Assert.Equal(10, nice));
        Assert.DoesNotContain("unlimited", (await File.ReadAllLinesAsync($"{proc}/limits")).Single(IsDataLimit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposing_ends_the_child_and_a_question_in_its_middle_comes_back()
    {
        var client = Client("slow");
        await AskAsync(client);
        var child = client.ProcessId!.Value;
        var asked = AskAsync(client);

        await client.DisposeAsync();

        Assert.Equal("the agent is stopping", (await asked).Reason);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(child));
        Assert.Equal("the agent is stopping", (await AskAsync(client)).Reason);
    }

    [Fact]
    public async Task A_worker_whose_agent_died_ends_itself_in_mid_answer()
    {
        using var worker = Start("slow");
        Assert.Contains("\"ready\":true", await worker.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        await worker.StandardInput.WriteLineAsync(
            """{"id":1,"machineType":"pump","faults":["leak"],"evidence":[],"deadlineMs":600000}""");

        worker.StandardInput.Close();

        Assert.Equal(ExitCodes.Done, await ExitCodeAsync(worker));
    }

    [Fact]
    public async Task A_worker_that_is_asked_to_end_by_a_signal_ends_in_peace()
    {
        using var worker = Start("slow");
        await worker.StandardOutput.ReadLineAsync();

        Signal("TERM", worker.Id);

        Assert.Equal(ExitCodes.Done, await ExitCodeAsync(worker));
    }

    [Fact]
    public async Task Nonsense_on_the_protocol_gets_an_error_line_and_the_worker_goes_on()
    {
        using var worker = Start("float");
        await worker.StandardOutput.ReadLineAsync();

        foreach (var nonsense in new[] { "hello", "{}", "" })
        {
            await worker.StandardInput.WriteLineAsync(nonsense);
            var reply = await worker.StandardOutput.ReadLineAsync();

            Assert.Contains("\"ok\":false", reply, StringComparison.Ordinal);
            Assert.Contains("the request is not JSON", reply, StringComparison.Ordinal);
        }

        worker.StandardInput.Close();
        Assert.Equal(ExitCodes.Done, await ExitCodeAsync(worker));
    }

    [Fact]
    public async Task Whatever_stands_in_for_the_worker_the_outcome_is_a_reason()
    {
        var nonsense = new (OwnProgram Command, string Reason)[]
        {
            (new("/no/such/program", []), "cannot be started"),
            (new("/bin/false", []), "it did not start; it ended with exit code 1"),
            (new("/bin/sh", ["-c", "echo I am a worker"]), "it did not start"),
            (new("/bin/sh", ["-c", "echo '{\"ready\":true}'; cat"]), "it did not start"),
            (new("/bin/sh", ["-c", "yes | tr -d '\\n'"]), "it did not start"),
            (new("/bin/sh", ["-c", Hello + "; exec true"]), "it gave no reply; it ended with exit code 0"),
            (new("/bin/sh", ["-c", Hello + "; read -r line; echo no"]), "it gave no reply"),
            (new("/bin/sh", ["-c", Hello + "; read -r line; echo '{\"id\":99,\"ok\":true,\"answer\":\"x\"}'; cat"]), "it gave no reply"),
            (new("/bin/sh", ["-c", Hello + "; read -r line; echo '{\"id\":1,\"ok\":true}'; cat"]), "neither an answer nor a reason"),
            (new("/bin/sh", ["-c", Hello + "; read -r line; echo '{\"id\":1,\"ok\":false,\"error\":\"no mood\"}'; cat"]), "no mood"),
        };
        foreach (var (command, reason) in nonsense)
        {
            await using var client = new LanguageWorkerClient(
                Options("float", Plenty, 512), command, TimeProvider.System, NullLogger<LanguageWorkerClient>.Instance);

            Assert.Contains(reason, (await AskAsync(client)).Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_package_that_is_refused_is_the_reason()
    {
        await using var client = Client("../no-such-package");

        Assert.Contains("no manifest.json", (await AskAsync(client)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_package_nothing_is_started()
    {
        await using var client = new LanguageWorkerClient(
            new LanguageWorkerOptions(), new OwnProgram("/no/such/program", []), TimeProvider.System,
            NullLogger<LanguageWorkerClient>.Instance);

        Assert.Equal("no language package is configured", (await AskAsync(client)).Reason);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_an_exception_and_the_next_question_works()
    {
        await using var client = Client("slow");
        await AskAsync(client);
        using var hurry = new CancellationTokenSource();
        var asked = client.AskAsync(Evidence, RandomEvidence.Library, hurry.Token);

        await hurry.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        AssertGrounded(await AskAsync(client));
    }

    private static Process Start(string package) => Process.Start(
        new ProcessStartInfo("dotnet", [Agent.Arguments[0], "language-worker", "--package", LanguagePackages.Tiny(package)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    private static async Task<int> ExitCodeAsync(Process worker)
    {
        using var limit = new CancellationTokenSource(Plenty);
        await worker.WaitForExitAsync(limit.Token);
        return worker.ExitCode;
    }

    private static string Hello =>
        "echo '{\"ready\":true,\"model\":{\"name\":\"m\",\"version\":\"1\",\"sha256\":\"0\"}}'";

    private static LanguageWorkerClient Client(string package, TimeSpan? timeout = null, int memoryLimitMB = 512) => new(
        Options(package, timeout ?? Plenty, memoryLimitMB), Agent, TimeProvider.System, NullLogger<LanguageWorkerClient>.Instance);

    private static LanguageWorkerOptions Options(string package, TimeSpan timeout, int memoryLimitMB) => new()
    {
        Package = LanguagePackages.Tiny(package),
        Timeout = timeout,
        MemoryLimitMB = memoryLimitMB,
    };

    private static Task<ModelOutcome> AskAsync(LanguageWorkerClient client) =>
        client.AskAsync(Evidence, RandomEvidence.Library, CancellationToken.None);

    private static void AssertGrounded(ModelOutcome outcome)
    {
        Assert.True(outcome.Answer is not null, outcome.Reason);
        var subject = new DiagnosisSubject(Guid.Empty, Guid.Empty, Guid.Empty, Evidence, RandomEvidence.Library);
        var composed = DiagnosisComposer.Compose(subject, outcome, TimeSpan.Zero);

        // Which fault a model with random weights names is chance; that it says nothing which is not in the evidence is not.
        var grounded = composed.TemplateReason?.StartsWith("the evidence ", StringComparison.Ordinal) ?? composed.Diagnosis.Author == "model";
        Assert.True(grounded, composed.TemplateReason);
    }

    /// <summary>Waits until the child has spent processor time on the question that was just put.</summary>
    private static async Task UntilItWorksAsync(int processId, Task asked)
    {
        var before = TicksOf(processId);
        while (TicksOf(processId) < before + 5)
        {
            Assert.False(asked.IsCompleted, "the answer came before it could be interrupted");
            await Task.Delay(1);
        }
    }

    // Fields behind the command's name in brackets: 12 and 13 are user and system time in ticks, 17 is nice.
    private static long TicksOf(int processId) => Field($"/proc/{processId}/stat", 11) + Field($"/proc/{processId}/stat", 12);

    private static int NiceOf(string task) => (int)Field($"{task}/stat", 16);

    private static long Field(string file, int index) =>
        long.Parse(File.ReadAllText(file).Split(')')[^1].Trim().Split(' ')[index], CultureInfo.InvariantCulture);

    private static bool IsDataLimit(string line) => line.StartsWith("Max data size", StringComparison.Ordinal);

    private static void Signal(string name, int processId)
    {
        using var kill = Process.Start("kill", [$"-{name}", processId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
