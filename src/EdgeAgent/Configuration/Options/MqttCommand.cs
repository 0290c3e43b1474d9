namespace EdgeAgent.Configuration;

/// <summary>What may be asked of the agent over MQTT.</summary>
internal enum MqttCommand
{
    Calibrate,
    LogLevel,
    RestartPipeline,
    Status,
}
