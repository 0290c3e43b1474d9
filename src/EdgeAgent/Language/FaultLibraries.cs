using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Configuration;
using EdgeAgent.Configuration.Schema;
using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Language;

/// <summary>Finds the fault library for `diagnose`: the one that its input names, else the shipped one for the machine type.</summary>
internal static class FaultLibraries
{
    private static readonly Dictionary<string, string> NoOverrides = [];

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

        library = input.MachineType is { } type ? shipped.Find(one => one.MachineType == type)
            : shipped.Count == 1 ? shipped[0]
            : null;
        problem = library is not null ? null
            : $"{inputFile}: /machineType: found {(input.MachineType is { } other ? $"\"{other}\"" : "nothing")}, allowed: "
                + $"{string.Join(", ", shipped.Select(one => $"\"{one.MachineType}\""))}, or a file named by \"faultLibrary\"";
        return library is not null;
    }

    private static bool TryRead(
        string file, [NotNullWhen(true)] out FaultLibrary? library, [NotNullWhen(false)] out string? problem)
    {
        var document = ConfigDocument<FaultLibraryFile>.Read(file, ConfigSchemas.FaultLibrary, NoOverrides);
        var wrong = document.Problems.FirstOrDefault()?.ToString();
        library = wrong is null ? document.Value?.ToLibrary() : null;
        problem = library is null ? wrong ?? $"{file}: found no fault library" : null;
        return library is not null;
    }
}
