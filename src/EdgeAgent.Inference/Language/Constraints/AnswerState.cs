namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>
/// Where an answer stands after some bytes: which part, and in it either in the fixed text before it or inside its string.
/// A value: trying bytes on a copy leaves the original as it was.
/// </summary>
internal struct AnswerState
{
    private int _leadDone;
    private TextState _text;

    public AnswerPart Part { get; private set; }

    /// <summary>Inside the fault's string: how far its id has come. Otherwise <see cref="ByteTrie.None"/>.</summary>
    public readonly int FaultNode => Part == AnswerPart.Fault && IsInside ? _faultNode : ByteTrie.None;

    /// <summary>The fault chosen, once its string is closed; until then <see cref="ByteTrie.None"/>.</summary>
    public readonly int Fault => Part == AnswerPart.Fault ? ByteTrie.None : _faultWord;

    public readonly bool IsComplete => Part == AnswerPart.End && _leadDone == AnswerRules.LeadOf(Part).Length;

    private int _faultNode;
    private int _faultWord;

    private readonly bool IsInside => _leadDone == AnswerRules.LeadOf(Part).Length;

    /// <summary>Moves on by one byte. False if no good answer goes on like this; the state is then useless.</summary>
    public bool TryAdd(byte value, AnswerRules rules)
    {
        if (!IsInside)
        {
            if (AnswerRules.LeadOf(Part)[_leadDone] != value)
            {
                return false;
            }

            if (++_leadDone == AnswerRules.LeadOf(Part).Length)
            {
                _text = new TextState(AnswerRules.MaxLengthOf(Part));
            }

            return true;
        }

        return Part switch
        {
            AnswerPart.Fault => TryAddToFault(value, rules),
            AnswerPart.End => false,
            _ => value == (byte)'"' ? _text.CanEnd(rules.Text) && TryClose() : _text.TryAdd(value, rules.Text),
        };
    }

    private bool TryAddToFault(byte value, AnswerRules rules)
    {
        if (value == (byte)'"')
        {
            _faultWord = rules.Faults.WordAt(_faultNode);
            return _faultWord != ByteTrie.None && TryClose();
        }

        _faultNode = rules.Faults.Next(_faultNode, value);
        return _faultNode != ByteTrie.None;
    }

    private bool TryClose()
    {
        (Part, _leadDone) = (Part + 1, 0);
        return true;
    }
}
