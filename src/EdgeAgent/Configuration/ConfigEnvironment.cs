using System.Collections;

namespace EdgeAgent.Configuration;

/// <summary>The environment variables of this process.</summary>
internal static class ConfigEnvironment
{
    public static IReadOnlyDictionary<string, string> Current() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
}
