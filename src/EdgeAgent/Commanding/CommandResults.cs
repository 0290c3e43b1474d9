namespace EdgeAgent.Commanding;

/// <summary>What became of a command, as answers name it.</summary>
internal static class CommandResults
{
    public const string Done = "done";

    /// <summary>It is wrong, and will be at any time. Nothing happened.</summary>
    public const string Rejected = "rejected";

    /// <summary>It is right, but not now. Nothing happened.</summary>
    public const string Refused = "refused";

    /// <summary>Too many wait. Nothing happened; the same id may be sent again.</summary>
    public const string Busy = "busy";

    /// <summary>It was begun and went wrong, or nobody knows how far it went.</summary>
    public const string Failed = "failed";
}
