using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware;

namespace EdgeAgent.Tests.Sensors.Hardware;

/// <summary>A device with one value that a test breaks, repairs and blocks. Each call looks at what the test says now.</summary>
internal sealed class FakeDevice : ISensorDevice
{
    private int _opened;
    private int _readings;

    public double Value { get; set; }

    /// <summary>What every reading gives instead of the value.</summary>
    public ReadFault? Fault { get; set; }

    /// <summary>What opening gives.</summary>
    public ReadFault? Closed { get; set; }

    /// <summary>Holds every reading for as long as it is not set.</summary>
    public ManualResetEventSlim Lets { get; } = new(initialState: true);

    public int Opened => Volatile.Read(ref _opened);

    public int Readings => Volatile.Read(ref _readings);

    public ReadFault? Open()
    {
        Interlocked.Increment(ref _opened);
        return Closed;
    }

    public ReadFault? Read(Span<double> values)
    {
        Lets.Wait();
        Interlocked.Increment(ref _readings);
        values.Fill(Value);
        return Fault;
    }

    public void Dispose() => Lets.Dispose();
}
