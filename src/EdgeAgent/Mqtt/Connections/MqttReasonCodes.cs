using System.Text;

namespace EdgeAgent.Mqtt.Connections;

internal static class MqttReasonCodes
{
    extension(MqttReasonCode reason)
    {
        public bool IsFailure => (byte)reason >= 0x80;

        /// <summary>"not authorized (0x87)", with the broker's own words behind it if it sent any.</summary>
        public string Describe(string? reasonString = null)
        {
            var text = new StringBuilder();
            if (Enum.IsDefined(reason))
            {
                foreach (var letter in reason.ToString())
                {
                    if (char.IsUpper(letter) && text.Length > 0)
                    {
                        text.Append(' ');
                    }

                    text.Append(char.ToLowerInvariant(letter));
                }
            }
            else
            {
                text.Append("reason");
            }

            text.Append($" (0x{(byte)reason:X2})");
            return string.IsNullOrWhiteSpace(reasonString) ? text.ToString() : $"{text}: {OneLine.Of(reasonString)}";
        }
    }
}
