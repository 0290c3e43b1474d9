using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Packages;

internal enum InstallVerdict
{
    /// <summary>It is the active one of its name from now on.</summary>
    Activated,

    /// <summary>It lies in its slot, and nothing else has changed.</summary>
    Proved,

    /// <summary>It was the active one already; nothing was done.</summary>
    AlreadyActive,

    /// <summary>Nothing was changed.</summary>
    Refused,
}

/// <summary>What became of a package.</summary>
/// <param name="Package">null if it is refused before it was known what it is.</param>
/// <param name="Problem">Why it is refused, else null.</param>
/// <param name="MedianMs">What the self-test's slowest case took; 0 if there was none.</param>
/// <param name="Older">An operator let a lower sequence than one before be taken.</param>
internal sealed record InstallResult(InstallVerdict Verdict, VerifiedPackage? Package, PackageProblem? Problem, double MedianMs = 0, bool Older = false);
