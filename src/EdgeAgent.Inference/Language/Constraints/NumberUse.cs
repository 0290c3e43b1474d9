namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>What the words before a number say that it is.</summary>
internal enum NumberUse
{
    Any,

    /// <summary>"fell to 27.1"</summary>
    Value,

    /// <summary>"normal 32.0"</summary>
    Normal,

    /// <summary>"began with `Flow`, 12 s before the alarm"</summary>
    Onset,
}
