namespace EdgeAgent.Packages;

/// <summary>One installed package.</summary>
/// <param name="State">"active", "on-probation" (active, and may be taken back), "last-good", "candidate" or "kept".</param>
internal sealed record InstalledPackage(string Name, string Slot, string State)
{
    /// <exception cref="InvalidDataException">A slots.json is broken.</exception>
    /// <exception cref="IOException">The disk is broken.</exception>
    public static IReadOnlyList<InstalledPackage> All(PackageStore store) => [.. store.Names().SelectMany(name => Of(store, name))];

    private static IEnumerable<InstalledPackage> Of(PackageStore store, string name)
    {
        var slots = store.Read(name);
        return store.SlotsOf(name).Select(slot => new InstalledPackage(name, slot, StateOf(slot, slots)));
    }

    private static string StateOf(string slot, PackageSlots slots) =>
        slot == slots.Active ? slots.Probation is null ? "active" : "on-probation"
        : slot == slots.LastGood ? "last-good"
        : slot == slots.Candidate ? "candidate"
        : "kept";
}
