namespace EdgeAgent.Core.Lights;

/// <summary>What a status light tells.</summary>
public enum LightSign
{
    /// <summary>The agent runs and no alarm stands.</summary>
    Running,

    /// <summary>An alarm stands.</summary>
    Alarm,

    /// <summary>A model package was taken.</summary>
    PackageAccepted,

    /// <summary>A model package was refused, or did not prove itself.</summary>
    PackageRefused,
}
