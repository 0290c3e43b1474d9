using EdgeAgent.Core.Lights;

namespace EdgeAgent.Outputs;

/// <summary>A lamp that tells by its pattern.</summary>
internal sealed class StatusLightOutput(HeldLine line, TimeSpan begun) : IOutput
{
    private readonly StatusLight _light = new(begun);

    public void Follow(StandingAlarms alarms, TimeSpan now) => _light.Follow(alarms.Any, now);

    public void Tell(LightSign verdict, TimeSpan now) => _light.Tell(verdict, now);

    public TimeSpan Drive(TimeSpan now)
    {
        var (lit, until) = _light.At(now);
        line.Drive(lit, now);
        return until;
    }

    public void End() => line.End();
}
