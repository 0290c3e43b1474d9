using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Swapping;

/// <summary>Which package a swap is about.</summary>
/// <param name="Slot">null = the package that the config names.</param>
internal sealed record ModelTicket(ModelIdentity Model, long Sequence, string? Slot)
{
    public override string ToString() => $"{Model.Name} {Model.Version}";
}
