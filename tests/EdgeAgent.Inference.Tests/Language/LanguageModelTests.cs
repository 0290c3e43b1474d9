using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.Tests.Diagnosis;
using EdgeAgent.Inference.Language;
using EdgeAgent.Inference.Language.Decoding;

namespace EdgeAgent.Inference.Tests.Language;

public sealed class LanguageModelTests
{
    private static readonly string[] Ids = [.. RandomEvidence.Library.Faults.Select(fault => fault.Id)];

    [Theory]
    [InlineData("float")]
    [InlineData("half")]
    public void A_model_with_random_weights_gives_grounded_answers(string package)
    {
        using var model = LanguagePackages.Load(LanguagePackages.Tiny(package));
        for (var seed = 0; seed < 25; seed++)
        {
            var evidence = RandomEvidence.Create(new Random(seed));
            var made = model.Diagnose(EvidencePrompt.Create("pump", Ids, evidence), model.MaxNewTokens, CancellationToken.None);

            Assert.Equal(GenerationEnd.Complete, made.Generation.End);
            Assert.True(DiagnosisAnswerReader.TryParse(made.Text, Ids, out var answer, out var reason), $"seed {seed}: {reason} in {made.Text}");
            Assert.Null(GroundingCheck.OfNumbers(evidence).Problem(answer.Summary));
            Assert.Null(GroundingCheck.OfNumbers(evidence).Problem(answer.Explanation));
            Assert.InRange(made.Shares.Single(share => share.Fault == answer.Fault).Confidence, 1e-9, 1);
        }
    }

    [Fact]
    public void The_shipped_model_gives_a_grounded_answer()
    {
        using var model = LanguagePackages.Load(LanguagePackages.Shipped);
        Evidence[] evidence =
        [
            new("Flow", "flow", "l/min", "mean", 27.1, 32.0, -6.3, "falling", 12),
            new("Discharge pressure", "pressure", "bar", "mean", 3.41, 2.95, 5.1, "rising", 9),
            new("Voltage", "voltage", "V", "mean", 233.1, 232.6, 0.4, "steady", null),
        ];
        var prompt = EvidencePrompt.Create("centrifugal pump", ["suction-restriction", "discharge-restriction", "leak"], evidence);

        var made = model.Diagnose(prompt, model.MaxNewTokens, CancellationToken.None);

        Assert.Equal(GenerationEnd.Complete, made.Generation.End);
        Assert.True(DiagnosisAnswerReader.TryParse(made.Text, [.. prompt.FaultIds], out var answer, out var reason), reason);
        Assert.Null(new GroundingCheck(evidence).Problem(answer.Summary));
        Assert.Null(new GroundingCheck(evidence).Problem(answer.Explanation));
    }

    [Theory]
    [InlineData("float")]
    [InlineData("half")]
    [InlineData("shipped")]
    public void A_prompt_read_token_by_token_through_the_cache_ends_in_the_same_logits(string package)
    {
        var folder = package == "shipped" ? LanguagePackages.Shipped : LanguagePackages.Tiny(package);
        Assert.True(DecoderSession.TryLoad(Path.Combine(folder, "model.onnx"), 1, 256, out var session, out var problem), problem);
        using var decoder = session;
        int[] prompt = [1, .. Enumerable.Range(0, 40).Select(i => 4 + (i * 37 % 250)), 3];

        var atOnce = decoder.Read(prompt, CancellationToken.None).ToArray();
        decoder.Reset();
        float[] oneByOne = [];
        foreach (var token in prompt)
        {
            oneByOne = decoder.Read([token], CancellationToken.None).ToArray();
        }

        Assert.Equal(prompt.Length, decoder.Length);
        Assert.True(atOnce.Distinct().Count() > 10, "the logits say nothing");
        var largest = atOnce.Zip(oneByOne, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(largest < 0.02 * atOnce.Max(Math.Abs), $"the logits differ by {largest}");
    }

    [Fact]
    public void The_same_prompt_gives_the_same_text()
    {
        using var model = LanguagePackages.Load(LanguagePackages.Shipped);

        var first = model.Generate("machine: pump", 40, CancellationToken.None);
        var second = model.Generate("machine: pump", 40, CancellationToken.None);

        Assert.NotEmpty(first.Tokens);
        Assert.Equal(first.Tokens, second.Tokens);
        Assert.Equal(model.CountTokens("machine: pump"), first.PromptTokens);
    }

    [Fact]
    public void A_text_ends_with_its_token_budget()
    {
        using var model = LanguagePackages.Load(LanguagePackages.Tiny("float"));
        var prompt = EvidencePrompt.Create("pump", Ids, RandomEvidence.Create(new Random(1)));

        var made = model.Diagnose(prompt, 7, CancellationToken.None);

        Assert.Equal((GenerationEnd.Budget, 7), (made.Generation.End, made.Generation.Tokens.Count));
    }

    [Fact]
    public void A_prompt_that_does_not_fit_the_context_is_not_read()
    {
        using var model = LanguagePackages.Load(LanguagePackages.Tiny("float"));

        var made = model.Generate(new string('x', 3000), 10, CancellationToken.None);

        Assert.Equal(GenerationEnd.Budget, made.End);
        Assert.Empty(made.Tokens);
        Assert.True(made.PromptTokens > 3000);
    }

    [Fact]
    public void A_deadline_ends_a_text_in_the_middle_and_the_next_one_works()
    {
        using var model = LanguagePackages.Load(LanguagePackages.Tiny("slow"));
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var made = model.Generate("the pump", 100_000, deadline.Token);
        var next = model.Generate("the pump", 2, CancellationToken.None);

        Assert.Equal(GenerationEnd.Deadline, made.End);
        Assert.InRange(next.Tokens.Count, 1, 2);
    }

    [Fact]
    public void A_token_allocates_nothing_that_grows_with_the_vocabulary()
    {
        var graph = Path.Combine(LanguagePackages.Shipped, "model.onnx");
        Assert.True(DecoderSession.TryLoad(graph, 1, 512, out var session, out var problem), problem);
        using var decoder = session;
        var logits = decoder.Read([1, 5, 6, 7], CancellationToken.None);
        int[] one = [9];
        decoder.Read(one, CancellationToken.None);

        const int Tokens = 200;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Tokens; i++)
        {
            decoder.Read(one, CancellationToken.None);
        }

        var perToken = (GC.GetAllocatedBytesForCurrentThread() - before) / Tokens;
        Assert.True(perToken < logits.Length * sizeof(float), $"{perToken} bytes per token for a vocabulary of {logits.Length}");
    }

    [Fact]
    public void A_folder_that_is_no_language_package_is_a_problem()
    {
        foreach (var (folder, expected) in new[]
        {
            (AnyAnomalyPackage(), "kind is anomaly; language is needed here"),
            (Path.Combine(LanguagePackages.Root, "tests"), "no manifest.json here"),
            ("/no/such/folder", "no manifest.json here"),
        })
        {
            Assert.False(LanguageModel.TryLoad(folder, 1, TimeProvider.System, out _, out var problem));
            Assert.Contains(expected, problem.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_graph_that_is_no_decoder_is_a_problem()
    {
        var graph = Directory.EnumerateFiles(AnyAnomalyPackage(), "*.onnx").First();

        Assert.False(DecoderSession.TryLoad(graph, 1, 64, out _, out var problem));
        Assert.Contains("it has no input 'input_ids'", problem, StringComparison.Ordinal);

        Assert.False(DecoderSession.TryLoad(Path.Combine(LanguagePackages.Shipped, "tokenizer.json"), 1, 64, out _, out problem));
        Assert.Contains("ONNX Runtime cannot load it", problem, StringComparison.Ordinal);
    }

    private static string AnyAnomalyPackage() =>
        Directory.EnumerateDirectories(Path.Combine(LanguagePackages.Root, "models"))
            .First(folder => Directory.EnumerateFiles(folder, "score.onnx").Any());
}
