namespace EdgeAgent.Configuration;

/// <summary>What is made of a line.</summary>
internal enum GpioMeasure
{
    /// <summary>1 while it is active, else 0.</summary>
    Level,

    /// <summary>How many since the reading before.</summary>
    Edges,

    /// <summary>Edges per second.</summary>
    Frequency,

    /// <summary>Turns per minute.</summary>
    Rpm,
}
