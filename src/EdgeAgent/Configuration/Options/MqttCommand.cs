namespace EdgeAgent.Configuration;

/// <summary>What may be asked of the agent over MQTT.</summary>
internal enum MqttCommand
{
    Acknowledge,
    Calibrate,
    Feedback,
    LogLevel,
    ModelList,
    ModelRollback,
    Reset,
    RestartPipeline,
    Shelve,
    Snapshot,
    Status,
    Unshelve,
}
