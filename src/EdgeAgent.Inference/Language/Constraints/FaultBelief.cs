using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Inference.Language.Tokenization;

namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>
/// Follows how a model's probability spreads over the faults while it writes the fault's id. At each token the
/// probabilities of the tokens that lead to some id are scaled to sum to 1; what goes to another branch of the trie
/// is shared evenly by the ids behind it, because the model was never asked to tell them apart.
/// </summary>
internal sealed class FaultBelief(AnswerRules rules, ByteLevelBpe tokens)
{
    private readonly double[] _shares = new double[rules.Faults.Words.Count];

    /// <summary>The probability of what has been written so far.</summary>
    private double _ofBranch = 1;

    public IReadOnlyList<FaultAlternative> Shares =>
        [.. rules.Faults.Words.Zip(_shares, (id, share) => new FaultAlternative(id, share)).OrderByDescending(s => s.Confidence)];

    /// <param name="chosen">The token that led from <paramref name="before"/> to <paramref name="after"/>.</param>
    public void Update(AnswerState before, AnswerState after, int chosen, ReadOnlySpan<float> logits)
    {
        if (before.Part != AnswerPart.Fault)
        {
            return;
        }

        if (ReachesId(after) && IsOpen(before))
        {
            var branches = Branches(before, logits);
            var largest = branches.Max(branch => branch.Logit);
            var total = branches.Sum(branch => Math.Exp(branch.Logit - largest));
            var ofBranch = 0.0;
            foreach (var (token, logit, words) in branches)
            {
                var probability = _ofBranch * Math.Exp(logit - largest) / total;
                if (token == chosen)
                {
                    ofBranch = probability;
                }
                else
                {
                    Share(words, probability);
                }
            }

            _ofBranch = ofBranch;
        }

        if (after.Part != AnswerPart.Fault)
        {
            Share([after.Fault], _ofBranch);
        }
    }

    private static bool ReachesId(AnswerState state) => state.Part != AnswerPart.Fault || state.FaultNode > ByteTrie.Root;

    /// <summary>Whether more than one id is still possible.</summary>
    private bool IsOpen(AnswerState state) =>
        rules.Faults.WordsBelow(Math.Max(state.FaultNode, ByteTrie.Root)).Count > 1;

    /// <summary>The tokens that go some way into an id. Those of the fixed text before it decide nothing.</summary>
    private List<(int Token, float Logit, IReadOnlyList<int> Words)> Branches(AnswerState before, ReadOnlySpan<float> logits)
    {
        var branches = new List<(int, float, IReadOnlyList<int>)>();
        for (var token = 0; token < Math.Min(logits.Length, tokens.Size); token++)
        {
            var state = before;
            if (AnswerConstraint.TryAdd(ref state, tokens.BytesOf(token), rules) && ReachesId(state))
            {
                branches.Add((
                    token, logits[token],
                    state.Part == AnswerPart.Fault ? rules.Faults.WordsBelow(state.FaultNode) : [state.Fault]));
            }
        }

        return branches;
    }

    private void Share(IReadOnlyList<int> words, double probability)
    {
        foreach (var word in words)
        {
            _shares[word] += probability / words.Count;
        }
    }
}
