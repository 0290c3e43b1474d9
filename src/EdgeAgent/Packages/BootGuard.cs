using EdgeAgent.Core.ModelPackages.Swapping;

namespace EdgeAgent.Packages;

/// <summary>
/// Counts the starts of an agent whose model is on probation, before that model is opened: whatever it does to the process, after
/// <see cref="BootRule.MostStarts"/> starts that did not become steady the one before is used again.
/// </summary>
internal sealed class BootGuard(PackageStore store)
{
    /// <summary>Once per start of the process. Does not throw: a disk that refuses stops no start.</summary>
    /// <returns>What was given up, and why.</returns>
    public IReadOnlyList<GivenUp> Pass()
    {
        var givenUp = new List<GivenUp>();
        foreach (var name in store.Names())
        {
            try
            {
                if (Count(name) is { } slot)
                {
                    givenUp.Add(new GivenUp(name, slot, $"the agent was started {BootRule.MostStarts} times with it and did not stay up for {BootRule.Steady.TotalSeconds:0} s"));
                }
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                // Whoever chooses the packages of this start says what is wrong with the file.
            }
        }

        return givenUp;
    }

    private string? Count(string name)
    {
        var slots = store.Read(name);
        if (slots is not { Probation: { } probation, Active: { } active })
        {
            return null;
        }

        var gone = BootRule.GivesUp(probation.Starts);
        store.Write(name, gone ? slots.GoBack(refuse: true) : slots with { Probation = new PackageProbation(probation.Starts + 1) });
        return gone ? active : null;
    }
}

/// <summary>A package that the device went back from at a start.</summary>
internal sealed record GivenUp(string Name, string Slot, string Why);
