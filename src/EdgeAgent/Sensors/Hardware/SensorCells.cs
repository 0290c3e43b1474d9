using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>Where a sensor's thread leaves its readings and the row clock finds them. Thread-safe; all values of one reading go into the same row.</summary>
internal sealed class SensorCells(SensorPlan plan)
{
    private readonly Lock _lock = new();
    private readonly RowValue[] _values = [.. plan.Channels.Select(_ => new RowValue(plan.Row, plan.Fresh))];

    /// <param name="readings">In the device's units.</param>
    public void Put(ReadOnlySpan<double> readings, TimeSpan at)
    {
        lock (_lock)
        {
            for (var i = 0; i < _values.Length; i++)
            {
                _values[i].Add(readings[i] * plan.Scale[i] + plan.Offset[i], at);
            }
        }
    }

    public void Fail()
    {
        lock (_lock)
        {
            foreach (var value in _values)
            {
                value.Fail();
            }
        }
    }

    /// <summary>Ends a row: sets the sensor's channels in it.</summary>
    public void Take(TimeSpan at, float[] row)
    {
        lock (_lock)
        {
            for (var i = 0; i < _values.Length; i++)
            {
                row[plan.Channels[i]] = _values[i].Take(at);
            }
        }
    }
}
