namespace EdgeAgent.Commanding;

internal enum RememberedState
{
    /// <summary>Never seen, or so long ago that it was forgotten.</summary>
    New,
    Answered,

    /// <summary>Begun, and the agent died before it could answer.</summary>
    Unanswered,

    /// <summary>The id belongs to a different command.</summary>
    OtherContent,

    /// <summary>The disk says neither yes nor no.</summary>
    Trouble,
}
