using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Inference.Language.Tokenization;

namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>
/// Lets a model write only answers to a prompt that parse and are grounded, whatever its weights are: the fixed JSON, a
/// fault of the list, and text whose channels and numbers occur in the evidence. Works on bytes, so that any byte-level
/// vocabulary will do, however its tokens cut the text.
/// </summary>
public sealed class AnswerConstraint : ITokenConstraint
{
    private readonly AnswerRules _rules;
    private readonly ByteLevelBpe _tokens;
    private readonly FaultBelief _belief;
    private AnswerState _state;

    public AnswerConstraint(EvidencePrompt prompt, ByteLevelBpe tokens)
    {
        _rules = new AnswerRules(prompt);
        _tokens = tokens;
        _belief = new FaultBelief(_rules, tokens);
    }

    public bool IsComplete => _state.IsComplete;

    public bool MayStop => false;

    /// <summary>The model's probability of each fault, most likely first. Sums to 1 once a fault has been chosen.</summary>
    public IReadOnlyList<FaultAlternative> Shares => _belief.Shares;

    public bool Allows(int token)
    {
        var state = _state;
        return TryAdd(ref state, _tokens.BytesOf(token), _rules);
    }

    public void Accept(int token, ReadOnlySpan<float> logits)
    {
        var before = _state;
        if (!TryAdd(ref _state, _tokens.BytesOf(token), _rules))
        {
            throw new ArgumentException("the token is not allowed here", nameof(token));
        }

        _belief.Update(before, _state, token, logits);
    }

    /// <summary>A token without bytes never fits: the text would not get anywhere.</summary>
    internal static bool TryAdd(ref AnswerState state, ReadOnlySpan<byte> bytes, AnswerRules rules)
    {
        foreach (var value in bytes)
        {
            if (!state.TryAdd(value, rules))
            {
                return false;
            }
        }

        return bytes.Length > 0;
    }
}
