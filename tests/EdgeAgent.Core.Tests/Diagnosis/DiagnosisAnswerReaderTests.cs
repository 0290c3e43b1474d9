using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Core.Tests.Diagnosis;

public sealed class DiagnosisAnswerReaderTests
{
    private static readonly string[] Ids = ["leak"];

    [Theory]
    [InlineData("leak")]
    [InlineData("unknown")]
    public void An_answer_with_a_listed_fault_is_read(string fault)
    {
        var text = $$"""{"fault":"{{fault}}","summary":"A `b`.","explanation":"C. D."}""";

        Assert.True(DiagnosisAnswerReader.TryParse(text, Ids, out var answer, out var reason), reason);
        Assert.Equal(new DiagnosisAnswer(fault, "A `b`.", "C. D."), answer);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("The pump leaks.", "not JSON")]
    [InlineData("""{"fault":"leak","summary":"A","explanation":"B" """, "not JSON")]
    [InlineData("""{"fault":"leak","summary":"A","explanation":"B"} and so on""", "not JSON")]
    [InlineData("""["fault"]""", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("""{"fault":"leak","summary":"A"}""", "lacks")]
    [InlineData("""{"fault":"leak","fault":"leak","summary":"A","explanation":"B"}""", "'fault'")]
    [InlineData("""{"fault":"leak","summary":1,"explanation":"B"}""", "'summary'")]
    [InlineData("""{"fault":"leak","summary":null,"explanation":"B"}""", "'summary'")]
    [InlineData("""{"fault":"leak","summary":"A","explanation":"B","actions":"run"}""", "'actions'")]
    [InlineData("""{"fault":"fire","summary":"A","explanation":"B"}""", "'fire'")]
    [InlineData("""{"fault":"leak","summary":" ","explanation":"B"}""", "summary is empty")]
    [InlineData("""{"fault":"leak","summary":"A","explanation":"B\nC"}""", "control character")]
    [InlineData("""{"fault":"leak","summary":"\ud800","explanation":"B"}""", "not JSON")]
    public void A_bad_answer_is_a_reason(string text, string expected)
    {
        Assert.False(DiagnosisAnswerReader.TryParse(text, Ids, out var answer, out var reason));
        Assert.Null(answer);
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_past_its_limit_is_a_bad_answer()
    {
        var text = $$"""{"fault":"leak","summary":"{{new string('a', 121)}}","explanation":"B"}""";

        Assert.False(DiagnosisAnswerReader.TryParse(text, Ids, out _, out var reason));
        Assert.Equal("the summary has 121 characters, at most 120 are allowed", reason);
    }
}
