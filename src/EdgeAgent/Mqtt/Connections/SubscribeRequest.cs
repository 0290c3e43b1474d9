namespace EdgeAgent.Mqtt.Connections;

internal sealed class SubscribeRequest(IReadOnlyList<string> filters, MqttQos qos) : MqttRequest
{
    private readonly TaskCompletionSource<MqttSubscribeResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Filters { get; } = filters;

    public MqttQos Qos { get; } = qos;

    public Task<MqttSubscribeResult> Result => _result.Task;

    public void Complete(IReadOnlyList<MqttReasonCode> reasons) => _result.TrySetResult(MqttSubscribeResult.From(Filters, reasons));

    public override void Lose(string why) => _result.TrySetResult(MqttSubscribeResult.Lost(why));
}
