using System.Security.Cryptography;
using System.Text;

namespace EdgeAgent.Mqtt.HomeAssistant;

/// <summary>This device as Home Assistant groups its entities.</summary>
/// <param name="Root">edgeagent/v1/{site}/{device}</param>
/// <param name="MachineType">As in the config, e.g. "centrifugal pump".</param>
internal sealed record HomeAssistantDevice(string Prefix, string Root, string Site, string Device, string Machine, string MachineType)
{
    private const int HashBytes = 4;

    /// <summary>
    /// The hash keeps devices of the same name in two sites apart; joining the names would not, since any letter that could
    /// join them may stand in them.
    /// </summary>
    public string Node { get; } =
        $"edgeagent_{Device}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Site}/{Device}")).AsSpan(0, HashBytes))}";

    public string StateTopic => $"{Root}/state";

    public string StatusTopic => $"{Root}/status";

    public string ConfigTopic(string component, string entity) => $"{Prefix}/{component}/{Node}/{entity}/config";
}
