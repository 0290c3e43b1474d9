namespace EdgeAgent.Core.Detection;

/// <summary>What happened to a channel's drift.</summary>
public enum DriftEvent
{
    Began,

    /// <summary>The level came back.</summary>
    Ended,

    /// <summary>It lasted so long that the new level is the normal one from now on.</summary>
    Accepted,
}
