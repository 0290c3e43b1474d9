namespace EdgeAgent.Configuration;

/// <summary>What a config is read for, which decides what must be on this computer.</summary>
internal enum ConfigUse
{
    /// <summary>simulate: channels must be such that the simulated pump has them, whatever the source is.</summary>
    Simulate,

    /// <summary>replay, calibrate, diagnose: neither the source nor the broker's files need to be here.</summary>
    Offline,

    /// <summary>run: whatever the watching needs must be here. A language package may be missing: a template explains then.</summary>
    Run,

    /// <summary>check-config: everything that the config names must be here.</summary>
    Check,
}
