using EdgeAgent.Configuration;
using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Packages;

/// <summary>Which folders the models of a device are loaded from, by its config and by what was installed.</summary>
/// <param name="Language">null if the config names no language package.</param>
/// <param name="PassedOver">Installed packages that could not be used, each with the reason.</param>
internal sealed record ModelFolders(string Anomaly, string? Language, IReadOnlyList<PackageProblem> PassedOver)
{
    /// <summary>What the config names, whatever was installed.</summary>
    public static ModelFolders OfConfig(DeviceConfig config) => new(
        config.Resolve(config.Options.Detection.Package), config.Options.Explanation.Package is { } language ? config.Resolve(language) : null, []);

    /// <summary>For who needs the anomaly package alone. Does not throw.</summary>
    public static string AnomalyOf(DeviceConfig config, string dataDirectory) =>
        ActiveIn(config, dataDirectory).FolderFor(config.Resolve(config.Options.Detection.Package), out _);

    /// <summary>Does not throw. Verifies what it chooses, so it reads every byte of it.</summary>
    public static ModelFolders Choose(DeviceConfig config, string dataDirectory)
    {
        var options = config.Options;
        var active = ActiveIn(config, dataDirectory);
        var anomaly = active.FolderFor(config.Resolve(options.Detection.Package), out var passedOver);
        if (options.Explanation.Package is not { } named)
        {
            return new ModelFolders(anomaly, null, passedOver);
        }

        var language = active.FolderFor(config.Resolve(named), out var more);
        return new ModelFolders(anomaly, language, [.. passedOver, .. more]);
    }

    private static ActivePackages ActiveIn(DeviceConfig config, string dataDirectory) => new(dataDirectory, config.Resolve(config.Options.Models.Keys));
}
