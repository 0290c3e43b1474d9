namespace EdgeAgent;

/// <summary>What every command's exit code means.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>It started and then failed.</summary>
    public const int Failed = 1;

    /// <summary>Bad usage, config or input, or a missing file.</summary>
    public const int BadInput = 2;

    /// <summary>A package was refused, whatever the reason.</summary>
    public const int PackageRefused = 3;
}
