namespace EdgeAgent.Mqtt.Brokers;

/// <param name="Text">Why TLS failed, in one line.</param>
/// <param name="Clock">What this device's clock says, where that matters.</param>
internal sealed record TlsFinding(string Text, string? Clock = null)
{
    public override string ToString() => Clock is null ? Text : $"{Text}; {Clock}";
}
