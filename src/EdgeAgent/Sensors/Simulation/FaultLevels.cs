namespace EdgeAgent.Sensors.Simulation;

/// <summary>How bad each fault is at one moment: 0 = absent, 1 = as bad as it gets.</summary>
internal sealed class FaultLevels
{
    public static readonly FaultLevels None = new([]);

    private readonly Dictionary<string, double> _levels;

    public FaultLevels(Dictionary<string, double> levels) => _levels = levels;

    public double this[string fault] => _levels.GetValueOrDefault(fault);

    /// <summary>The faults that are there, in no particular order.</summary>
    public IEnumerable<string> Present => _levels.Where(level => level.Value > 0).Select(level => level.Key);
}
