namespace EdgeAgent.Mqtt.Connections;

internal sealed class PublishRequest(MqttMessage message) : MqttRequest
{
    // Callers continue elsewhere: a network thread must never run their code.
    private readonly TaskCompletionSource<MqttPublishResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MqttMessage Message { get; } = message;

    public Task<MqttPublishResult> Result => _result.Task;

    public void Complete(MqttPublishResult result) => _result.TrySetResult(result);

    public override void Lose(string why) => Complete(MqttPublishResult.Lost(why));
}
