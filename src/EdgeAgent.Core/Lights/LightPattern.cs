namespace EdgeAgent.Core.Lights;

/// <summary>
/// How one lamp tells a sign. Every pattern changes, so a light that stands still, lit or dark, says that no agent drives it:
/// <code>
///  running            █___________________█___________________     a short flash every 2 s
///  alarm              ███___███___███___███___███___███___███     even, twice a second
///  package accepted   ██████████████__██████████████__            long, three times
///  package refused    █_█_______█_█_______█_█_______              two short ones, five times
/// </code>
/// </summary>
public sealed class LightPattern
{
    private static readonly LightPattern Running = new(repeats: null, 0.1, 1.9);
    private static readonly LightPattern Alarm = new(repeats: null, 0.25, 0.25);
    private static readonly LightPattern Accepted = new(repeats: 3, 1.75, 0.25);
    private static readonly LightPattern Refused = new(repeats: 5, 0.15, 0.15, 0.15, 0.75);

    /// <summary>Lit, dark, lit, dark …</summary>
    private readonly TimeSpan[] _steps;

    private LightPattern(int? repeats, params double[] seconds)
    {
        _steps = [.. seconds.Select(TimeSpan.FromSeconds)];
        Round = TimeSpan.FromSeconds(seconds.Sum());
        Length = repeats * Round;
    }

    /// <summary>After this it begins again.</summary>
    public TimeSpan Round { get; }

    /// <summary>From its begin to its end; null for one that goes on.</summary>
    public TimeSpan? Length { get; }

    public static LightPattern Of(LightSign sign) => sign switch
    {
        LightSign.Alarm => Alarm,
        LightSign.PackageAccepted => Accepted,
        LightSign.PackageRefused => Refused,
        _ => Running,
    };

    /// <param name="since">From its begin.</param>
    /// <returns>Whether the lamp is lit then, and for how long it stays so.</returns>
    public (bool Lit, TimeSpan For) At(TimeSpan since)
    {
        var inRound = TimeSpan.FromTicks(since.Ticks % Round.Ticks);
        var step = 0;
        while (inRound >= _steps[step])
        {
            inRound -= _steps[step];
            step++;
        }

        return (step % 2 == 0, _steps[step] - inRound);
    }
}
