using EdgeAgent.Configuration;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Mqtt.HomeAssistant;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>What announces the device to Home Assistant, from the config's mqtt.homeAssistant block.</summary>
internal static class HomeAssistantPlan
{
    /// <returns>null when the config wants none.</returns>
    public static Func<IMqttConnection, CancellationToken, Task<HomeAssistantLink>>? Make(
        AgentOptions options, Topics topics, IAlarmView alarms, ILoggerFactory logs)
    {
        if (options.Mqtt?.HomeAssistant is not { } wanted)
        {
            return null;
        }

        var device = new HomeAssistantDevice(wanted.Prefix, topics.Root, options.Site, options.Device, options.Machine.Id, options.Machine.Type);
        var log = logs.CreateLogger<HomeAssistantLink>();
        return (connection, cancellationToken) => HomeAssistantLink.OpenAsync(device, alarms, connection, log, cancellationToken);
    }
}
