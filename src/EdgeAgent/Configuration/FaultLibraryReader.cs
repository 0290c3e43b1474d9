using EdgeAgent.Configuration.Schema;
using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Configuration;

/// <summary>Reads the fault library that a device config names.</summary>
internal static class FaultLibraryReader
{
    private static readonly Dictionary<string, string> NoOverrides = [];

    /// <param name="path">As it stands in the config.</param>
    /// <param name="problems">Takes every mistake in the library, or that it is not there.</param>
    public static FaultLibrary? Read(ConfigDocument<AgentOptions> config, string path, List<ConfigProblem> problems)
    {
        var file = ConfigPaths.Beside(config.File, path);
        if (!File.Exists(file))
        {
            problems.Add(config.Problem("/machine/faultLibrary", $"\"{path}\" (no such file)", "a fault library (JSON)"));
            return null;
        }

        return Read(file, problems);
    }

    /// <param name="file">The file itself.</param>
    /// <param name="problems">Takes every mistake in the library.</param>
    public static FaultLibrary? Read(string file, List<ConfigProblem> problems)
    {
        var library = ConfigDocument<FaultLibraryFile>.Read(file, ConfigSchemas.FaultLibrary, NoOverrides);
        var found = library.Problems.Concat(Ids(library)).Concat(Dominants(library)).ToList();
        problems.AddRange(found);
        return found.Count == 0 ? library.Value?.ToLibrary() : null;
    }

    private static IEnumerable<ConfigProblem> Ids(ConfigDocument<FaultLibraryFile> library)
    {
        var seen = new HashSet<string> { Fault.Unknown };
        var faults = library.Value?.Faults ?? [];
        for (var i = 0; i < faults.Count; i++)
        {
            var place = $"/faults/{i}/id";
            if (library.IsSound(place) && !seen.Add(faults[i].Id))
            {
                yield return library.Problem(place, $"\"{faults[i].Id}\" again", $"an id that no other fault has, and not \"{Fault.Unknown}\"");
            }
        }
    }

    /// <summary>Only among the defect lines of one channel can one dominate.</summary>
    private static IEnumerable<ConfigProblem> Dominants(ConfigDocument<FaultLibraryFile> library)
    {
        foreach (var (i, fault) in (library.Value?.Faults ?? []).Index())
        {
            foreach (var (key, direction) in fault?.Signature ?? new Dictionary<string, SignatureDirection>())
            {
                var place = JsonPlace.Below($"/faults/{i}/signature", key);
                if (direction == SignatureDirection.Dominant && library.IsSound(place)
                    && SignatureKey.Parse(key).Statistic is var statistic && !Statistics.DefectLines.Contains(statistic ?? ""))
                {
                    yield return library.Problem(
                        place, "\"dominant\"",
                        $"\"up\", \"down\", \"steady\"; \"dominant\" only for role/{string.Join(", role/", Statistics.DefectLines)}");
                }
            }
        }
    }
}
