using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.ModelPackages.Trust;
using EdgeAgent.Inference.Packages;

namespace EdgeAgent.Packages;

/// <summary>
/// Which folder a model is loaded from. The config names a package that came with the agent; an installed package of the same
/// name takes its place if it is still whole, genuine and trusted, else the one before it, else the one of the config.
/// </summary>
internal sealed class ActivePackages(string dataDirectory, string keysFolder)
{
    private readonly PackageStore _store = new(dataDirectory);

    /// <param name="configured">The full path of the package that the config names.</param>
    /// <param name="passedOver">Installed packages that could not be used, each with the reason.</param>
    public string FolderFor(string configured, out IReadOnlyList<PackageProblem> passedOver)
    {
        var problems = new List<PackageProblem>();
        passedOver = problems;
        if (_store.Names().Count == 0 || !PackageFolder.TryReadName(configured, out var name))
        {
            return configured;
        }

        PackageSlots slots;
        try
        {
            slots = _store.Read(name);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            problems.Add(new PackageProblem(name, e.Message));
            return configured;
        }

        if (slots.Active is null)
        {
            return configured;
        }

        if (!KeyFolder.TryRead(keysFolder, out var ring, out var problem))
        {
            problems.Add(problem);
            return configured;
        }

        using (ring)
        {
            return Usable(name, slots.Active, ring, problems) ?? Usable(name, slots.LastGood, ring, problems) ?? configured;
        }
    }

    private string? Usable(string name, string? slot, KeyRing ring, List<PackageProblem> problems)
    {
        if (slot is null)
        {
            return null;
        }

        var folder = _store.FolderOf(name, slot);
        if (SlotCheck.TryVerify(folder, ring, out _, out var problem))
        {
            return folder;
        }

        problems.Add(problem with { Where = $"{name} {slot}: {problem.Where}" });
        return null;
    }
}
