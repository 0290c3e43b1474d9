using EdgeAgent.Configuration;

namespace EdgeAgent.Sensors.Hardware.Gpio;

/// <summary>Which line, and what for.</summary>
/// <param name="Chip">Its label, its name, or its path; null = whichever has a line of this name.</param>
/// <param name="Line">By its name; null = by its offset.</param>
/// <param name="Offset">null = by its name.</param>
internal sealed record GpioLineRequest(string? Chip, string? Line, int? Offset)
{
    public bool ActiveLow { get; init; }

    /// <summary>null = an input; else what the output is at first.</summary>
    public bool? Drives { get; init; }

    public GpioBias Bias { get; init; }

    /// <summary>Changes shorter than this are none; zero = every one counts.</summary>
    public TimeSpan Debounce { get; init; }

    /// <summary>null = edges are not counted.</summary>
    public GpioEdge? Edges { get; init; }

    /// <summary>How the config names the line.</summary>
    public string Name => Line ?? $"offset {Offset}";
}
