namespace EdgeAgent.Tests.Packages;

/// <summary>A package that must be refused.</summary>
/// <param name="Reason">A part of the one reason that is given.</param>
public sealed record HostileCase(string Name, byte[] Bytes, string Reason)
{
    public override string ToString() => Name;
}
