using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>What the config names is on this computer.</summary>
internal sealed class FileRule : IConfigRule
{
    private const string Manifest = "manifest.json";

    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        if (draft.Use is ConfigUse.Offline or ConfigUse.Simulate)
        {
            return [];
        }

        var options = draft.Options;
        var mqtt = options.Mqtt is { Enabled: true } on ? on : null;
        IEnumerable<SchemaFault?> faults =
        [
            NeedsFile(draft, "/source/path", (options.Source as CsvSourceOptions)?.Path, "a CSV file"),
            NeedsFile(draft, "/source/path", (options.Source as NpySourceOptions)?.Path, "a .npy file"),
            NeedsPackage(draft, "/detection/package", options.Detection.Package, "an anomaly package"),
            draft.Use == ConfigUse.Check ? NeedsPackage(draft, "/explanation/package", options.Explanation.Package, "a language package") : null,
            NeedsFile(draft, "/mqtt/usernameFile", mqtt?.UsernameFile, "a file that holds the user name"),
            NeedsFile(draft, "/mqtt/passwordFile", mqtt?.PasswordFile, "a file that holds the password"),
            NeedsFile(draft, "/mqtt/tls/caFile", mqtt?.Tls?.CaFile, "a PEM file"),
            NeedsFile(draft, "/mqtt/tls/certificateFile", mqtt?.Tls?.CertificateFile, "a PEM file"),
            NeedsFile(draft, "/mqtt/tls/keyFile", mqtt?.Tls?.KeyFile, "a PEM file"),
        ];
        return faults.OfType<SchemaFault>();
    }

    private static SchemaFault? NeedsFile(ConfigDraft draft, string place, string? path, string allowed) =>
        path is null || File.Exists(draft.Resolve(path)) ? null
        : ConfigPaths.IsCredential(path) && !ConfigPaths.HasCredentials ? WithoutCredentials(draft, place, path)
        : new SchemaFault(place, $"\"{path}\" ({(Directory.Exists(draft.Resolve(path)) ? "a directory" : "no such file")})", allowed);

    /// <summary>Only the service has them, so whoever checks its config by hand cannot see them.</summary>
    private static SchemaFault? WithoutCredentials(ConfigDraft draft, string place, string path) =>
        draft.Use == ConfigUse.Check ? null
        : new SchemaFault(place, $"\"{path}\" (CREDENTIALS_DIRECTORY is not set)", "a credential that systemd hands over: LoadCredential= in the unit");

    private static SchemaFault? NeedsPackage(ConfigDraft draft, string place, string? path, string allowed) =>
        path is null || File.Exists(Path.Combine(draft.Resolve(path), Manifest)) ? null
        : new SchemaFault(
            place,
            $"\"{path}\" ({(Directory.Exists(draft.Resolve(path)) ? $"no {Manifest} in it" : "no such folder")})",
            $"the folder of {allowed}");
}
