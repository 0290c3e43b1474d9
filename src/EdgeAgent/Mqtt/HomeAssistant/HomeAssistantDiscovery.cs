using System.Text;
using System.Text.Json.Nodes;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Mqtt.HomeAssistant;

/// <summary>The retained messages that make Home Assistant show the device: one per entity, all of one device.</summary>
internal static class HomeAssistantDiscovery
{
    public static IReadOnlyList<MqttMessage> Messages(HomeAssistantDevice device) =>
    [
        Entity(device, "binary_sensor", "machine_alarm", "Machine alarm", "{{ 'ON' if value_json.machineAlarm else 'OFF' }}", new JsonObject
        {
            ["device_class"] = "problem",
            ["json_attributes_topic"] = device.StateTopic,
        }),
        Entity(device, "binary_sensor", "sensor_alarm", "Sensor alarm", "{{ 'ON' if value_json.sensorAlarms else 'OFF' }}", new JsonObject
        {
            ["device_class"] = "problem",
            ["entity_category"] = "diagnostic",
        }),
        Entity(device, "sensor", "severity", "Alarm severity", "{{ value_json.severity }}", new JsonObject
        {
            ["device_class"] = "enum",
            ["options"] = new JsonArray("none", "warning", "critical"),
        }),
    ];

    private static MqttMessage Entity(HomeAssistantDevice device, string component, string id, string name, string template, JsonObject config)
    {
        config["name"] = name;
        config["unique_id"] = $"{device.Node}_{id}";
        config["state_topic"] = device.StateTopic;
        config["value_template"] = template;
        config["qos"] = 1;
        config["availability"] = new JsonArray(new JsonObject
        {
            ["topic"] = device.StatusTopic,
            ["value_template"] = "{{ value_json.status }}",
            ["payload_available"] = "online",
            ["payload_not_available"] = "offline",
        });
        config["device"] = new JsonObject
        {
            ["identifiers"] = new JsonArray(device.Node),
            ["name"] = device.Machine,
            ["manufacturer"] = "EdgeAgent",
            ["model"] = device.MachineType,
            ["sw_version"] = AgentVersion.Text,
        };
        config["origin"] = new JsonObject { ["name"] = "EdgeAgent", ["sw_version"] = AgentVersion.Text };
        return new MqttMessage
        {
            Topic = device.ConfigTopic(component, id),
            Payload = Encoding.UTF8.GetBytes(config.ToJsonString()),
            Retain = true,
            ContentType = "application/json",
        };
    }
}
