namespace EdgeAgent.Configuration;

/// <summary>Paths in a config are relative to the config file, so that a config can be moved together with its files.</summary>
internal static class ConfigPaths
{
    private const string CredentialPrefix = "$CREDENTIALS_DIRECTORY/";

    /// <summary>Where systemd puts what LoadCredential= names (systemd.exec(5)); null outside such a service.</summary>
    private static string? Credentials => Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder ? folder : null;

    public static bool HasCredentials => Credentials is not null;

    public static bool IsCredential(string path) => path.StartsWith(CredentialPrefix, StringComparison.Ordinal);

    /// <summary>The full path. A NUL, which no file name can hold, becomes a character that no file name here holds.</summary>
    public static string Resolve(string configFile, string path) => Path.GetFullPath(Beside(configFile, path).Replace('\0', '\uFFFD'));

    /// <summary>The same path as it is shown to a user who named the config as <paramref name="configFile"/>.</summary>
    public static string Beside(string configFile, string path) => IsCredential(path) && Credentials is { } folder
        ? Path.Combine(folder, path[CredentialPrefix.Length..])
        : Path.Combine(Path.GetDirectoryName(configFile) ?? "", path);
}
