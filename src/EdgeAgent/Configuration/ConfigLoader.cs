using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Configuration.Rules;
using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration;

/// <summary>
/// Reads a device config. Every mistake is told at once.
/// <code>
///  file ─▶ nodes ─▶ environment overrides ─▶ schema check ─▶ AgentOptions ─▶ rules between fields ─▶ DeviceConfig
///                                                  └── what is wrong is left out, so that the rules still run
/// </code>
/// </summary>
internal static class ConfigLoader
{
    private static readonly IConfigRule[] Rules =
    [
        new ChannelRule(), new TimingRule(), new DriftRule(), new MachineRule(), new ModesRule(), new BearingRule(), new SimulationRule(), new HardwareRule(), new BufferRule(),
        new GpioRule(), new BindingRule(), new MqttRule(), new UsbRule(), new FileRule(),
    ];

    /// <param name="file">As the user named it; problems name it the same way.</param>
    /// <param name="environment">Variables that may override keys.</param>
    /// <param name="problems">Every mistake; empty when the config was accepted. Does not throw on any content.</param>
    public static bool TryLoad(
        string file,
        IReadOnlyDictionary<string, string> environment,
        ConfigUse use,
        [NotNullWhen(true)] out DeviceConfig? config,
        out IReadOnlyList<ConfigProblem> problems)
    {
        config = null;
        var document = ConfigDocument<AgentOptions>.Read(file, ConfigSchemas.Device, environment);
        var found = new List<ConfigProblem>(document.Problems);
        problems = found;
        if (document.Value is not { } options)
        {
            return false;
        }

        var library = document.IsSound("/machine/faultLibrary")
            ? FaultLibraryReader.Read(document, options.Machine.FaultLibrary, found)
            : null;
        var draft = new ConfigDraft(options, library, file, use, document.IsSound);
        found.AddRange(Rules
            .SelectMany(rule => rule.Check(draft))
            .Where(fault => document.IsSound(fault.Place))
            .Select(fault => document.Problem(fault.Place, fault.Found, fault.Allowed)));
        config = found.Count == 0 ? new DeviceConfig(file, options, library!) : null;
        return config is not null;
    }
}
