namespace EdgeAgent.Mqtt.Connections;

/// <summary>Topic names and filters (MQTT 5.0, section 4.7).</summary>
internal static class MqttTopics
{
    /// <summary>A response topic comes from strangers, so a bad name is an answer and not an exception.</summary>
    public static bool IsName(string topic) => topic.Length > 0 && MqttText.Fits(topic) && !topic.AsSpan().ContainsAny('+', '#');

    public static bool IsFilter(string filter)
    {
        if (filter.Length == 0 || !MqttText.Fits(filter))
        {
            return false;
        }

        var levels = filter.Split('/');
        return !levels.Where((level, index) =>
            (level.Contains('#') && (level != "#" || index != levels.Length - 1)) || (level.Contains('+') && level != "+")).Any();
    }
}
