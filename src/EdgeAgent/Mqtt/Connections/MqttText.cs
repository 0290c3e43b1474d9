using System.Text;

namespace EdgeAgent.Mqtt.Connections;

/// <summary>
/// What MQTT takes as a string (MQTT 5.0, section 1.5.4): up to 65,535 bytes of sound UTF-8, no NUL. Control and
/// non-characters "should not" be sent; libmosquitto, the broker too, takes them for a broken packet.
/// </summary>
internal static class MqttText
{
    public static bool Fits(MqttMessage message) =>
        Fits(message.ContentType)
        && (message.ResponseTopic is null || MqttTopics.IsName(message.ResponseTopic))
        && message.CorrelationData is not { Length: > ushort.MaxValue }
        && message.UserProperties.All(property => Fits(property.Name) && Fits(property.Value));

    public static bool Fits(string? text)
    {
        if (text is null)
        {
            return true;
        }

        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // A lone surrogate is enumerated as the replacement character, which is none of the text's own letters.
            if (IsForbidden(rune.Value) || (rune == Rune.ReplacementChar && !text.Contains('\uFFFD')))
            {
                return false;
            }

            bytes += rune.Utf8SequenceLength;
        }

        return bytes <= ushort.MaxValue;
    }

    private static bool IsForbidden(int codePoint) =>
        codePoint is <= 0x1F or (>= 0x7F and <= 0x9F) or (>= 0xFDD0 and <= 0xFDEF) || (codePoint & 0xFFFE) == 0xFFFE;
}
