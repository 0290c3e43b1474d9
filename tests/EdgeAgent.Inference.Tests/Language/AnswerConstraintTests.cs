using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.Tests.Diagnosis;
using EdgeAgent.Inference.Language.Constraints;
using EdgeAgent.Inference.Language.Tokenization;

namespace EdgeAgent.Inference.Tests.Language;

public sealed class AnswerConstraintTests
{
    private static readonly string[] Ids = [.. RandomEvidence.Library.Faults.Select(fault => fault.Id)];

    private static readonly Evidence Flow = new("Flow", "flow", "l/min", "mean", 27.09, 32.02, -6.31, "falling", 12);

    private static readonly Evidence Current = new("Motor current", "current", "A", "mean", 3.9, 4.6, -4.4, "falling", 5);
    private static readonly Evidence Vibration = new("Shaft", "vibration", "g", "mean", 0.41, 0.33, 4.6, "rising", null);

    [Theory]
    [InlineData("float")]
    [InlineData("shipped")]
    public void Whatever_the_model_wants_every_answer_parses_and_is_grounded(string package)
    {
        var tokens = LanguagePackages.Tokenizer(package == "shipped" ? LanguagePackages.Shipped : LanguagePackages.Tiny(package));
        for (var seed = 0; seed < 1500; seed++)
        {
            var random = new Random(seed);
            var evidence = RandomEvidence.Create(random);
            var constraint = new AnswerConstraint(EvidencePrompt.Create("pump", Ids, evidence), tokens);

            var text = WriteAtRandom(constraint, tokens, random);

            Assert.True(DiagnosisAnswerReader.TryParse(text, Ids, out var answer, out var reason), $"seed {seed}: {reason} in {text}");
            var check = GroundingCheck.OfNumbers(evidence);
            foreach (var part in new[] { answer.Summary, answer.Explanation })
            {
                var problem = check.Problem(part) ?? check.Problem(part.Replace("`", "", StringComparison.Ordinal));
                Assert.True(problem is null, $"seed {seed}: {problem} in {part}");
            }

            Assert.Equal(1, constraint.Shares.Sum(share => share.Confidence), 9);
        }
    }

    [Theory]
    [InlineData("`Flow` fell to 27.1 l/min from normal 32.0 l/min.")]
    [InlineData("It began 12 s before the alarm, 6.3 sigma below normal")]
    [InlineData("At 27.1. Then more, 12, and so on: 32.0!")]
    [InlineData("It rose by 12. It is 32.0; 27.1 sigma in Grüße")]
    public void Good_text_is_allowed(string text) => Assert.True(Fits(text), text);

    [Theory]
    [InlineData("`Flo` fell")]
    [InlineData("`Pressure` fell")]
    [InlineData("The 27.2")]
    [InlineData("The 27 ")]
    [InlineData("The 271")]
    [InlineData("The 12.5")]
    [InlineData("The 12,5")]
    [InlineData("A .6.3")]
    [InlineData("It took 27.1 s before")]
    [InlineData("It took 27.1 seventh")]
    [InlineData("It took 12 minutes to")]
    [InlineData("It took 12-hours.")]
    [InlineData("A `Flow`s rate")]
    [InlineData("a`Flow` rate")]
    [InlineData("Behind 12 `Flow` it")]
    [InlineData("With \\n in it")]
    [InlineData("With ½ in it")]
    [InlineData("With \t in it")]
    public void Text_that_the_evidence_does_not_hold_is_not_allowed(string text) => Assert.False(Fits(text), text);

    [Fact]
    public void A_channel_is_never_told_the_number_of_another()
    {
        Assert.True(Fits("From 0.410 on, `Flow` fell to 27.1 and `Motor current` to 3.90, 5 s ago"));
        Assert.False(Fits("`Flow` fell to 3.90"));
        Assert.False(Fits("`Flow` fell to 27.1 and `Motor current` to 32.0"));
    }

    [Theory]
    [InlineData("`DE` bpfo rose to 14", true)]
    [InlineData("`DE` crest factor rose to 6.0, normal 3.0", true)]
    [InlineData("`DE` bpfo and `DE` crest factor rose, the latter to 6.0.", true)]
    [InlineData("See `DE`.", true)]
    [InlineData("`Flow` fell to 27.1", true)]
    [InlineData("`DE` bpfo rose to 14 from normal 2, that is 12.0 sigma", true)]
    [InlineData("`DE` bpfo rose to minus 14", true)]
    [InlineData("`DE` bpfo rose to 2,", false)]
    [InlineData("`DE` bpfo rose from normal 14", false)]
    [InlineData("`DE` bpfo is normal, 12.0 sigma", true)]
    [InlineData("It began with `DE` bpfo, 3 s before. `DE` bpfo rose to 14", true)]
    [InlineData("`DE` bpfo left its normal band first, 3 s before", true)]
    [InlineData("It began with `DE` bpfo, 12.0", false)]
    [InlineData("`DE` bpfo left its normal band first, 14", false)]
    [InlineData("`DE` rose", false)]
    [InlineData("`DE` bpf rose", false)]
    [InlineData("`DE` bpfos", false)]
    [InlineData("`DE` bpfo rose to 6.0", false)]
    [InlineData("`DE` crest factor rose to 14", false)]
    [InlineData("`Flow` bpfo rose to 14", false)]
    public void A_channel_with_several_statistics_is_told_which_and_only_its_numbers(string text, bool isAllowed)
    {
        Evidence[] evidence =
        [
            Flow,
            new("DE", "vibration", "dB", "bpfo", 14, 2, 12, "rising", 3),
            new("DE", "vibration", "", "crest-factor", 6.04, 3.04, 5, "rising", 3),
        ];

        Assert.Equal(isAllowed, Fits(text, evidence));
    }

    [Fact]
    public void A_text_can_always_be_closed_in_time()
    {
        Assert.True(Fits(new string('a', 120)));
        Assert.False(Fits(new string('a', 121)));
        Assert.True(Fits(new string('a', 113) + " `Flow`"));
        Assert.False(Fits(new string('a', 114) + " `Flow`"));
        Assert.False(Fits(new string('a', 115) + " `"));
        Assert.True(Fits(new string('a', 116) + " 6.3"));
        Assert.False(Fits(new string('a', 118) + " 6"));
    }

    [Fact]
    public void An_empty_text_cannot_be_closed()
    {
        Assert.False(FitsWhole("""{"fault":"unknown","summary":"","""));
        Assert.False(FitsWhole("""{"fault":"unknown","summary":"  ","""));
        Assert.True(FitsWhole("""{"fault":"unknown","summary":" a","explanation":"b"}"""));
    }

    [Theory]
    [InlineData("""{"fault":"fire""")]
    [InlineData("""{"fault":"bearing",""" + "\"explanation")]
    [InlineData(""" {"fault""")]
    [InlineData("""{"fault":"unknown","summary":"a","explanation":"b"} """)]
    public void Another_shape_is_not_allowed(string text) => Assert.False(FitsWhole(text), text);

    [Fact]
    public void A_channel_that_json_would_escape_is_not_offered()
    {
        var state = default(AnswerState);
        var rules = new AnswerRules(EvidencePrompt.Create("pump", [], [Flow with { Channel = "a\"b" }, Flow with { Channel = "17" }]));

        Assert.False(AnswerConstraint.TryAdd(ref state, "{\"fault\":\"unknown\",\"summary\":\"`"u8, rules));
    }

    [Fact]
    public void Belief_is_the_models_probability_of_each_id()
    {
        var tokens = LanguagePackages.Tokenizer(LanguagePackages.Tiny("float"));
        var prompt = EvidencePrompt.Create("pump", ["leak", "bearing", "bearing-2"], [Flow]);
        var constraint = new AnswerConstraint(prompt, tokens);
        Write(constraint, tokens, "{\"fault\":\"");

        // e⁰ : e¹ : e² for l, le and b; u is far away, and x is not allowed and must not count.
        var logits = Logits(tokens, ("l", 0), ("le", 1), ("b", 2), ("x", 9));
        constraint.Accept(tokens.Find("b")!.Value, logits);
        Write(constraint, tokens, "earing");
        constraint.Accept(tokens.Find("\"")!.Value, Logits(tokens, ("\"", 1), ("-", 0)));

        var total = 1 + Math.E + (Math.E * Math.E);
        var ofBearings = Math.E * Math.E / total;
        var shares = constraint.Shares.ToDictionary(share => share.Fault, share => share.Confidence);
        Assert.Equal((1 + Math.E) / total, shares["leak"], 6);
        Assert.Equal(ofBearings * Math.E / (1 + Math.E), shares["bearing"], 6);
        Assert.Equal(ofBearings / (1 + Math.E), shares["bearing-2"], 6);
        Assert.Equal(0, shares["unknown"], 6);
        Assert.Equal("bearing", constraint.Shares[0].Fault);
    }

    private static bool Fits(string summary, params Evidence[] evidence) =>
        FitsWhole($"{{\"fault\":\"unknown\",\"summary\":\"{summary}\",\"explanation\":\"It is so.\"}}", evidence);

    private static bool FitsWhole(string answer, params Evidence[] evidence)
    {
        var state = default(AnswerState);
        var rules = new AnswerRules(EvidencePrompt.Create(
            "pump", ["bearing"], evidence.Length == 0 ? [Flow, Current, Vibration] : evidence));
        return AnswerConstraint.TryAdd(ref state, System.Text.Encoding.UTF8.GetBytes(answer), rules);
    }

    private static void Write(AnswerConstraint constraint, ByteLevelBpe tokens, string text)
    {
        var logits = Logits(tokens);
        foreach (var letter in text)
        {
            constraint.Accept(tokens.Find(letter.ToString())!.Value, logits);
        }
    }

    private static float[] Logits(ByteLevelBpe tokens, params (string Token, float Logit)[] set)
    {
        var logits = new float[tokens.Size];
        Array.Fill(logits, -80);
        foreach (var (token, logit) in set)
        {
            logits[tokens.Find(token)!.Value] = logit;
        }

        return logits;
    }

    /// <summary>Writes random tokens, with a liking for those that are dangerous, until the constraint is fulfilled.</summary>
    private static string WriteAtRandom(AnswerConstraint constraint, ByteLevelBpe tokens, Random random)
    {
        var dangerous = "`0123456789.,s -\"hmin³²°".SelectMany(letter => tokens.EncodeText(letter.ToString())).ToArray();
        var logits = Enumerable.Range(0, tokens.Size).Select(_ => random.NextSingle()).ToArray();
        var written = new List<int>();
        while (!constraint.IsComplete)
        {
            Assert.True(written.Count < 1000, "the answer never ends");
            var token = Candidates(tokens, dangerous, random).First(constraint.Allows);
            constraint.Accept(token, logits);
            written.Add(token);
        }

        return tokens.Decode(written);
    }

    private static IEnumerable<int> Candidates(ByteLevelBpe tokens, int[] dangerous, Random random)
    {
        for (var i = 0; i < 20; i++)
        {
            yield return random.Next(2) == 0 ? dangerous[random.Next(dangerous.Length)] : random.Next(tokens.Size);
        }

        var start = random.Next(tokens.Size);
        for (var i = 0; i < tokens.Size; i++)
        {
            yield return (start + i) % tokens.Size;
        }
    }
}
