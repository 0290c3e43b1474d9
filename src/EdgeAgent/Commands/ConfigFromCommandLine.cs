using EdgeAgent.Configuration;

namespace EdgeAgent.Commands;

/// <summary>Loads the config that a command names, or prints everything that is wrong with it.</summary>
internal static class ConfigFromCommandLine
{
    /// <returns>null after the problems were printed: the command ends with <see cref="ExitCodes.BadInput"/>.</returns>
    public static async Task<DeviceConfig?> LoadAsync(string path, ConfigUse use)
    {
        if (ConfigLoader.TryLoad(path, ConfigEnvironment.Current(), use, out var config, out var problems))
        {
            return config;
        }

        foreach (var problem in problems)
        {
            await Console.Error.WriteLineAsync(problem.ToString()).ConfigureAwait(false);
        }

        return null;
    }
}
