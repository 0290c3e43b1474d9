using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware.Gpio;

/// <summary>A line that is high or low, or whose pulses are counted: a contact, a flow meter, a proximity switch on a shaft.</summary>
internal sealed class GpioDevice(GpioSensorOptions options, GpioLineOpener open) : ISensorDevice
{
    private readonly bool _counts = options.Readings.Any(reading => reading.Measure != GpioMeasure.Level);
    private readonly bool _looks = options.Readings.Any(reading => reading.Measure == GpioMeasure.Level);
    private IGpioLine? _line;
    private PulseRate? _rate;
    private bool _begun;

    public ReadFault? Open()
    {
        Dispose();
        _rate = new PulseRate(TimeSpan.FromSeconds(options.StillAfterSeconds));
        _begun = false;
        var request = new GpioLineRequest(options.Chip, options.Line, options.Offset)
        {
            ActiveLow = options.ActiveLow,
            Bias = options.Bias,
            Debounce = TimeSpan.FromMicroseconds(options.DebounceMicroseconds),
            Edges = _counts ? options.Edge : null,
        };
        return open(request, out _line);
    }

    public ReadFault? Read(Span<double> values)
    {
        EdgeReport edges = default;
        var active = false;
        var fault = (_counts ? _line!.TakeEdges(out edges) : null) ?? (_looks ? _line!.Read(out active) : null);
        if (fault is not null)
        {
            return fault;
        }

        var hertz = _counts ? _rate!.Follow(edges) : double.NaN;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = options.Readings[i].Measure switch
            {
                GpioMeasure.Level => active ? 1 : 0,
                GpioMeasure.Frequency => hertz,
                GpioMeasure.Rpm => 60 * hertz / options.Readings[i].PulsesPerTurn,

                // What came since it was opened is not the count of a whole period.
                _ => _begun ? edges.Count : double.NaN,
            };
        }

        _begun = true;
        return null;
    }

    public void Dispose()
    {
        _line?.Dispose();
        _line = null;
    }
}
