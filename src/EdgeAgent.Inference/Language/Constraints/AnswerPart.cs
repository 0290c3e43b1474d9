namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>The strings of an answer in their order, and its end.</summary>
internal enum AnswerPart
{
    Fault,
    Summary,
    Explanation,
    End,
}
