using EdgeAgent.Core.Machines;
using EdgeAgent.Sensors.Simulation;
using EdgeAgent.Sensors.Simulation.Motor;

namespace EdgeAgent.Tests.Sensors.Simulation.Motor;

public sealed class SimulatedMotorTests
{
    private const double RateHz = 12_000;
    private const double ShaftHz = 30;
    private static readonly BearingOrders Bearing = new(3.5848, 5.4152, 2.357, 0.3983);

    [Theory]
    [InlineData(MotorFaults.OuterRace, 3.5848)]
    [InlineData(MotorFaults.InnerRace, 5.4152)]
    [InlineData(MotorFaults.RollingElement, 2 * 2.357)]
    public void A_damaged_part_is_struck_as_often_as_its_geometry_says(string fault, double order)
    {
        var envelope = Samples(fault, 5).Select(each => (double)(each.Near * each.Near)).ToArray();

        var line = Amplitude(envelope, order * ShaftHz);
        var others = new[] { 3.5848, 5.4152, 4.714 }.Where(other => other != order).Max(other => Amplitude(envelope, other * ShaftHz));
        Assert.True(line > 2 * others, $"{line} at its own line, {others} at another");
    }

    [Fact]
    public void A_defect_is_felt_most_at_its_own_bearing()
    {
        var samples = Samples(MotorFaults.OuterRace, 2).ToArray();

        Assert.True(Math.Sqrt(samples.Average(each => each.Near * each.Near)) > 1.5 * Math.Sqrt(samples.Average(each => each.Far * each.Far)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_signal() => Assert.Equal(Samples(MotorFaults.InnerRace, 0.1), Samples(MotorFaults.InnerRace, 0.1));

    [Fact]
    public void Imbalance_shakes_once_per_turn_and_misalignment_twice()
    {
        double At(string fault, double order) => Amplitude([.. Samples(fault, 2).Select(each => (double)each.Far)], order * ShaftHz);

        Assert.True(At(MotorFaults.RotorImbalance, 1) > 3 * At(MotorFaults.Misalignment, 1));
        Assert.True(At(MotorFaults.Misalignment, 2) > 3 * At(MotorFaults.RotorImbalance, 2));
    }

    private static IEnumerable<(float Near, float Far)> Samples(string fault, double seconds)
    {
        var motor = new SimulatedMotor(ShaftHz, Bearing, [true, false], RateHz, new Gauss(new Random(4)));
        var levels = new FaultLevels(new Dictionary<string, double> { [fault] = 0.5 });
        var sensors = new float[2];
        for (var i = 0; i < seconds * RateHz; i++)
        {
            motor.Step(1 / RateHz, levels, sensors);
            yield return (sensors[0], sensors[1]);
        }
    }

    /// <summary>The largest amplitude within 2% of a frequency.</summary>
    private static double Amplitude(double[] signal, double frequencyHz)
    {
        var mean = signal.Average();
        return Enumerable.Range(-20, 41).Max(step =>
        {
            var turn = 2 * Math.PI * frequencyHz * (1 + (step * 0.001)) / RateHz;
            double real = 0, imaginary = 0;
            for (var i = 0; i < signal.Length; i++)
            {
                real += (signal[i] - mean) * Math.Cos(turn * i);
                imaginary += (signal[i] - mean) * Math.Sin(turn * i);
            }

            return Math.Sqrt((real * real) + (imaginary * imaginary)) / signal.Length;
        });
    }
}
