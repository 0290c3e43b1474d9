namespace EdgeAgent.Core.ModelPackages;

/// <summary>A constant input of both graphs that comes from the device config and not from calibration.</summary>
/// <param name="Source">One of <see cref="Sources"/>.</param>
public sealed record GraphParameter(string Name, string Source, IReadOnlyList<long> Shape)
{
    /// <summary>[1], Hz.</summary>
    public const string SampleRate = "sample-rate";

    /// <summary>[1], nominal turns per second.</summary>
    public const string ShaftSpeed = "shaft-speed";

    /// <summary>[1], fraction: the real speed lies within nominal × (1 ± this).</summary>
    public const string ShaftSpeedTolerance = "shaft-speed-tolerance";

    /// <summary>[slots, 4]: BPFO, BPFI, BSF and FTF per turn of the bearing at each slot's sensor; 0 where none is known.</summary>
    public const string BearingOrders = "bearing-orders";

    public static IReadOnlyList<string> Sources { get; } = [SampleRate, ShaftSpeed, ShaftSpeedTolerance, BearingOrders];

    /// <summary>The shape that a source has for a model with so many slots.</summary>
    public static IReadOnlyList<long> ShapeOf(string source, int slots) => source == BearingOrders ? [slots, 4] : [1];
}
