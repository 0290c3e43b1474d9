namespace EdgeAgent.Commanding;

/// <summary>Why a command was not carried out, as answers name it.</summary>
internal static class CommandCodes
{
    // Rejected: the same command is wrong at any time.
    public const string Retained = "retained";
    public const string TooLarge = "too-large";
    public const string Malformed = "malformed";
    public const string Unknown = "unknown-command";
    public const string NotAllowed = "not-allowed";
    public const string NoReply = "no-response-topic";
    public const string BadArguments = "bad-arguments";
    public const string IdReused = "id-reused";

    // Busy or refused: not now.
    public const string Busy = "busy";
    public const string Stopping = "stopping";
    public const string Expired = "expired";
    public const string AlarmStands = "alarm-stands";
    public const string Calibrating = "calibrating";
    public const string NoReadings = "no-readings";
    public const string UnknownAlarm = "unknown-alarm";
    public const string NotPossible = "not-possible";
    public const string NoSnapshot = "no-snapshot";

    // Failed.
    public const string NotStored = "not-stored";
    public const string Interrupted = "interrupted";
    public const string Broken = "broken";
    public const string Damaged = "damaged";
    public const string AnswerTooLarge = "answer-too-large";
}
