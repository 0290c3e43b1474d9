using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Language;

/// <summary>Finds the fault library for `diagnose`: the one that its input names, else the shipped one for the machine type or,
/// where the input names none, for its evidence.</summary>
internal static class FaultLibraries
{
    /// <summary>Where the build puts the shipped libraries.</summary>
    private static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "faults");

    public static bool TryFind(
        string inputFile,
        EvidenceInput input,
        [NotNullWhen(true)] out FaultLibrary? library,
        [NotNullWhen(false)] out string? problem)
    {
        if (input.FaultLibrary is { } named)
        {
            return TryRead(ConfigPaths.Beside(inputFile, named), out library, out problem);
        }

        var shipped = new List<FaultLibrary>();
        foreach (var file in Directory.Exists(ShippedFolder) ? Directory.GetFiles(ShippedFolder, "*.json").Order().ToArray() : [])
        {
            if (!TryRead(file, out library, out problem))
            {
                return false;
            }

            shipped.Add(library);
        }

        library = input.MachineType is { } type ? shipped.Find(one => one.MachineType == type) : BySigns(shipped, input);
        problem = library is not null ? null
            : $"{inputFile}: /machineType: found {(input.MachineType is { } other ? $"\"{other}\"" : "nothing")}, allowed: "
                + $"{string.Join(", ", shipped.Select(one => $"\"{one.MachineType}\""))}, or a file named by \"faultLibrary\"";
        return library is not null;
    }

    /// <summary>
    /// A decision does not say what type of machine it is about. The library that knows a sign for the most of its evidence
    /// is the one meant; where two know as much, somebody has to say.
    /// </summary>
    private static FaultLibrary? BySigns(IEnumerable<FaultLibrary> shipped, EvidenceInput input)
    {
        var ranked = shipped.Select(one => (Library: one, Known: input.Evidence.Count(item => one.Faults
                .SelectMany(fault => fault.Signature.Keys).Any(key => SignatureKey.Parse(key).Matches(item)))))
            .OrderByDescending(one => one.Known).ToList();
        return ranked.Count == 1 || (ranked.Count > 1 && ranked[0].Known > ranked[1].Known) ? ranked[0].Library : null;
    }

    private static bool TryRead(
        string file, [NotNullWhen(true)] out FaultLibrary? library, [NotNullWhen(false)] out string? problem)
    {
        var problems = new List<ConfigProblem>();
        library = FaultLibraryReader.Read(file, problems);
        problem = library is null ? problems.FirstOrDefault()?.ToString() ?? $"{file}: found no fault library" : null;
        return library is not null;
    }
}
