using System.Text;

namespace EdgeAgent.Mqtt.Connections;

internal static class MqttReasonCodes
{
    extension(MqttReasonCode reason)
    {
        public bool IsFailure => (byte)reason >= 0x80;

        /// <summary>Of a refused or ended connection: coming back soon is what the broker does not want, or what makes it worse.</summary>
        public bool AsksToStayAway => reason is MqttReasonCode.Banned or MqttReasonCode.SessionTakenOver or MqttReasonCode.MessageRateTooHigh
            or MqttReasonCode.QuotaExceeded or MqttReasonCode.AdministrativeAction or MqttReasonCode.UseAnotherServer or MqttReasonCode.ServerMoved
            or MqttReasonCode.ConnectionRateExceeded;

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
