using System.Runtime.CompilerServices;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Sensors.Simulation;

/// <summary>
/// A simulated machine as a sensor source. Frames come at rate × speed, without drift; their monotonic time is simulated time,
/// their wall-clock time the moment at which they are due.
/// </summary>
internal sealed class SimulatedSensorSource(
    SimulationOptions options, ISimulation simulation, double rateHz, TimeProvider time) : ISensorSource
{
    public async IAsyncEnumerable<SensorFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pace = new Pace(options.Speed, time);
        var started = time.GetUtcNow();
        for (var index = 0L; !(index / rateHz >= options.DurationSeconds); index++)
        {
            var values = simulation.Next();
            var monotonic = TimeSpan.FromSeconds(simulation.Seconds);
            var at = started + (options.Speed > 0 ? monotonic / options.Speed : monotonic);
            await pace.WaitUntilAsync(monotonic, cancellationToken).ConfigureAwait(false);
            yield return new SensorFrame(index, at, monotonic, values);
        }
    }

    public void Dispose()
    {
        // Nothing is held; the port asks for it on behalf of files and devices.
    }
}
