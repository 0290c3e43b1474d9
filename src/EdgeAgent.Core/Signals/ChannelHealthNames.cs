namespace EdgeAgent.Core.Signals;

/// <summary>How health verdicts are written in decisions and score files.</summary>
public static class ChannelHealthNames
{
    public static string Name(this ChannelHealth health) => health switch
    {
        ChannelHealth.Ok => "ok",
        ChannelHealth.Missing => "missing",
        ChannelHealth.OutOfRange => "out-of-range",
        ChannelHealth.Stuck => "stuck",
        ChannelHealth.Stale => "stale",
        _ => throw new ArgumentOutOfRangeException(nameof(health)),
    };
}
