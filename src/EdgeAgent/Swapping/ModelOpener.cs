using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Configuration;
using EdgeAgent.Inference.Packages;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;

namespace EdgeAgent.Swapping;

/// <summary>Opens the packages that are swapped, and finds the calibrations that were made for them.</summary>
internal sealed class ModelOpener(DeviceConfig config, CalibrationStore calibrations)
{
    /// <summary>Loads an anomaly package and fits it to the device.</summary>
    public bool TryOpen(string folder, [NotNullWhen(true)] out LoadedWatch? loaded, [NotNullWhen(false)] out string? problem)
    {
        problem = MachineWatchLoader.TryLoad(config.Options, folder, out loaded, out var refusal) ? null : refusal.Text;
        return problem is null;
    }

    public StoredCalibration? CalibrationOf(LoadedWatch loaded) =>
        calibrations.TryFind(config.Options.Machine.Id, loaded.Model.Identity, loaded.Model.Contract);

    /// <summary>The folder that the config names for a package, by its name.</summary>
    public string? ConfiguredFolder(string name) => new[] { config.Options.Detection.Package, config.Options.Explanation.Package }
        .OfType<string>().Select(config.Resolve).FirstOrDefault(folder => PackageFolder.TryReadName(folder, out var found) && found == name);

    /// <summary>What lies in a folder, with every hash checked.</summary>
    public static bool TryRead(string folder, string? slot, [NotNullWhen(true)] out ModelTicket? ticket, [NotNullWhen(false)] out string? problem)
    {
        var whole = PackageFolder.TryOpen(folder, kind: null, out var package, out var fault);
        ticket = whole ? new ModelTicket(package!.Identity, package.Manifest.Sequence, slot) : null;
        problem = whole ? null : fault!.ToString();
        return whole;
    }
}
