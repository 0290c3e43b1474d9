using System.Text;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Core.Tests.Diagnosis;

public sealed class DiagnosisComposerTests
{
    private static readonly ModelIdentity Model = new("pump-language", "1.0.0", "ab12");

    private static readonly Guid Id = new("01900000-0000-7000-8000-000000000001");
    private static readonly Guid AlarmId = new("01900000-0000-7000-8000-000000000002");
    private static readonly Guid DecisionId = new("01900000-0000-7000-8000-000000000003");

    private static readonly DiagnosisSubject Subject = new(
        Id, AlarmId, DecisionId,
        [new Evidence("Flow", "flow", "l/min", "mean", 27.1, 32.0, -6.3, "falling", 12)],
        RandomEvidence.Library);

    private static ComposedDiagnosis Compose(string text, double confidence = 0.9, params FaultAlternative[] alternatives) =>
        DiagnosisComposer.Compose(
            Subject,
            ModelOutcome.Answered(new ModelAnswer(text, confidence, alternatives, Model)),
            TimeSpan.FromMilliseconds(812.7));

    [Fact]
    public void A_grounded_answer_becomes_the_models_diagnosis_with_the_librarys_actions()
    {
        var composed = Compose(
            """{"fault":"discharge-restriction","summary":"`Flow` fell to 27.1.","explanation":"It began 12 s before."}""",
            0.87654,
            new("suction-restriction", 0.1), new("bearing", 0.01), new("invented", 0.4));
        var diagnosis = composed.Diagnosis;

        Assert.Null(composed.TemplateReason);
        Assert.Equal("edgeagent/diagnosis/1", diagnosis.Schema);
        Assert.Equal((Id, AlarmId, DecisionId), (diagnosis.Id, diagnosis.AlarmId, diagnosis.DecisionId));
        Assert.Equal(("discharge-restriction", 0.877), (diagnosis.Fault, diagnosis.Confidence));
        Assert.Equal([new FaultAlternative("suction-restriction", 0.1)], diagnosis.Alternatives);
        Assert.Equal("Flow fell to 27.1.", diagnosis.Summary);
        Assert.Equal("It began 12 s before.", diagnosis.Explanation);
        Assert.Equal(["Open it.", "Look."], diagnosis.Actions);
        Assert.Equal(("en", "model"), (diagnosis.Language, diagnosis.Author));
        Assert.Equal((true, 812L), (diagnosis.Grounded, diagnosis.LatencyMs));
        Assert.Equal(Model, diagnosis.Model);
    }

    [Theory]
    [InlineData("no JSON", "not JSON")]
    [InlineData("""{"fault":"leak","summary":"A.","explanation":"B."}""", "'leak'")]
    [InlineData("""{"fault":"unknown","summary":"`Flow` fell to 27.2.","explanation":"B."}""", "27.2")]
    [InlineData("""{"fault":"unknown","summary":"A.","explanation":"`Pressure` fell."}""", "Pressure")]
    public void An_answer_that_cannot_be_trusted_gives_way_to_the_template(string text, string reason)
    {
        var composed = Compose(text);

        Assert.Contains(reason, composed.TemplateReason, StringComparison.Ordinal);
        Assert.Equal(("template", true), (composed.Diagnosis.Author, composed.Diagnosis.Grounded));
        Assert.Equal("suction-restriction", composed.Diagnosis.Fault);
        Assert.DoesNotContain('`', composed.Diagnosis.Summary + composed.Diagnosis.Explanation);
        Assert.Null(composed.Diagnosis.Model);
    }

    [Fact]
    public void No_answer_gives_the_template_and_hands_the_reason_on()
    {
        var composed = DiagnosisComposer.Compose(Subject, ModelOutcome.Failed("the worker died"), TimeSpan.Zero);

        Assert.Equal("the worker died", composed.TemplateReason);
        Assert.Equal("template", composed.Diagnosis.Author);
    }

    [Fact]
    public void A_confidence_that_is_no_probability_is_brought_into_range()
    {
        const string Text = """{"fault":"unknown","summary":"A.","explanation":"B."}""";

        Assert.Equal(0, Compose(Text, double.NaN).Diagnosis.Confidence);
        Assert.Equal(1, Compose(Text, 7).Diagnosis.Confidence);
    }

    [Fact]
    public void The_json_has_the_published_keys_in_camel_case()
    {
        var json = Encoding.UTF8.GetString(DiagnosisJson.Write(
            Compose("""{"fault":"unknown","summary":"A.","explanation":"It is 27.1 °C warm."}""").Diagnosis));

        Assert.Equal(
            """
            {"schema":"edgeagent/diagnosis/1","id":"01900000-0000-7000-8000-000000000001",
            "alarmId":"01900000-0000-7000-8000-000000000002","decisionId":"01900000-0000-7000-8000-000000000003",
            "fault":"unknown","confidence":0.9,"alternatives":[],
            "summary":"A.","explanation":"It is 27.1 °C warm.","actions":[],
            "language":"en","author":"model","grounded":true,"latencyMs":812,
            "model":{"name":"pump-language","version":"1.0.0","sha256":"ab12"}}
            """.ReplaceLineEndings(""),
            json);
    }
}
