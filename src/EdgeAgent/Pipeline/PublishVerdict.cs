using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>What a broker's answer means for a record.</summary>
internal static class PublishVerdict
{
    /// <returns>null if it must be sent again.</returns>
    public static Settlement? Of(OutboxRecord record, MqttPublishResult result, ILogger log)
    {
        if (result.IsAccepted)
        {
            return new Settlement(record.Position, DeadReason: null);
        }

        if (result.Reason is MqttReasonCode.TopicNameInvalid or MqttReasonCode.PacketTooLarge or MqttReasonCode.PayloadFormatInvalid)
        {
            PipelineLog.Dead(log, record.Kind, record.Id, result.Text);
            return new Settlement(record.Position, (int)result.Reason);
        }

        if (result.Outcome == MqttRequestOutcome.Refused)
        {
            PipelineLog.Refused(log, record.Kind, record.Id, result.Text);
        }

        return null;
    }
}
