using EdgeAgent.Core.Signals;

namespace EdgeAgent.Sensors;

/// <summary>Where readings come from. A source is read once.</summary>
internal interface ISensorSource : IDisposable
{
    /// <summary>
    /// Frames with one value per channel in the device's order, NaN where there is no reading, until the source ends or
    /// reading is cancelled. Each frame owns its values. Frames of a live source come when they are due.
    /// </summary>
    IAsyncEnumerable<SensorFrame> ReadAsync(CancellationToken cancellationToken);
}
