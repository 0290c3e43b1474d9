using MQTTnet;

namespace EdgeAgent.Mqtt.Connections.MqttNet;

/// <summary>
/// MQTTnet pings by the wall clock and only when it sent nothing: a clock that is set back, or a busy sender, would
/// hide a dead connection. This asks the broker once per keep-alive, whatever else goes on.
/// </summary>
internal sealed class MqttNetPing(IMqttClient client, TimeSpan keepAlive, TimeProvider time, Action<MqttDisconnect> failed)
{
    /// <summary>Does not throw; ends when the connection is gone.</summary>
    public async Task RunAsync(CancellationToken gone)
    {
        using var timer = new PeriodicTimer(keepAlive, time);
        try
        {
            while (await timer.WaitForNextTickAsync(gone).ConfigureAwait(false))
            {
                using var patience = new CancellationTokenSource(keepAlive / 2, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, gone);
                await client.PingAsync(either.Token).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (MqttNetFailures.IsExpected(failure))
        {
            failed(MqttNetFailures.DisconnectOf(failure));
        }
    }
}
