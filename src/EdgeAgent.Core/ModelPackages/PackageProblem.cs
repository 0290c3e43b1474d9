namespace EdgeAgent.Core.ModelPackages;

/// <summary>Why a package is refused.</summary>
/// <param name="Where">The file, or the file and the place in it.</param>
/// <param name="What">What was found and what is allowed, in one line.</param>
public sealed record PackageProblem(string Where, string What)
{
    public override string ToString() => $"{Where}: {What}";
}
