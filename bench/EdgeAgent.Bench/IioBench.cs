using System.Diagnostics;
using System.Globalization;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware;
using EdgeAgent.Sensors.Hardware.Iio;
using EdgeAgent.Tests.Sensors.Hardware.Iio;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Bench;

/// <summary>
/// Three axes of 26,667 samples per second through the agent's own way from the device node to its rows, while a language model decodes on every
/// core. The device is another process: a FIFO that never waits for its reader, and samples that hold their own number, so that each that found no place
/// is seen, and their own time. What the reading costs is the processor time of this process, which does nothing else but look at every row.
/// </summary>
internal static class IioBench
{
    private const double RateHz = 26_667;
    private const double NanosecondsPerSample = 1e9 / RateHz;
    private const int SecondsToSpare = 60;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var seconds = arguments.Number("--seconds", 600);
        var folder = Places.Temporary(arguments["--dir"]);
        using var chip = new FakeIioDevice(folder, RateHz);
        using var device = IioDeviceProcess.Start(folder, seconds + SecondsToSpare);
        using var decoding = new DecodingLoad(Environment.ProcessorCount);
        try
        {
            var start = await device.StartedAsync().ConfigureAwait(false);
            decoding.Start();
            var tally = await ReadAsync(chip, start, seconds).ConfigureAwait(false);
            var decoded = await decoding.EndAsync().ConfigureAwait(false);
            Print(tally, decoded);
            return tally.Gaps == 0 && tally.Lost == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The stand-in for the device, as a process of its own.</summary>
    public static Task<int> RunDeviceAsync(Arguments arguments)
    {
        if (arguments["--dir"] is not { } folder)
        {
            Console.Error.WriteLine("--dir: found nothing, allowed: the folder in which `iio` made the device");
            return Task.FromResult(2);
        }

        using var chip = new FakeIioDevice(folder, RateHz);
        chip.Plug();
        var start = FakeIioDevice.Now();
        Console.WriteLine(start.ToString(CultureInfo.InvariantCulture));
        var most = arguments.Number("--seconds", 600) * RateHz;
        chip.Play(0, start, next => next < most);
        return Task.FromResult(0);
    }

    private static async Task<IioTally> ReadAsync(FakeIioDevice chip, long start, int seconds)
    {
        var time = new StartTime();
        var ring = new SampleRing((int)(4 * RateHz), outputs: 3);
        var every = TimeSpan.FromSeconds(0.1);
        var plan = new SensorPlan("accelerometer", every, 3 * every, RowRule.Mean, [0, 1, 2], ["x", "y", "z"], [1, 1, 1], [0, 0, 0], Quiet: TimeSpan.FromSeconds(1));
        var sensor = new IioBufferedDevice(chip.Options(), chip.Folder, chip.Folder, ring, time);
        using var source = new HardwareSource([(plan, sensor)], channels: 3, RateHz, time, NullLogger<HardwareSource>.Instance, new SampleFeed(0, ring, SamplesPerRow: 1));
        var tally = new IioTally();
        var most = double.MaxValue;
        using var process = Process.GetCurrentProcess();
        await foreach (var row in source.ReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var number = float.IsNaN(row.Values[0]) ? -1 : FakeIioDevice.NumberOf(row.Values[0], row.Values[1]);
            if (tally.Rows == 0)
            {
                tally.Begin(process);
                most = number + (seconds * RateHz);
            }

            tally.Add(number, Math.Abs((row.Monotonic - time.SinceStart(start + (long)(number * NanosecondsPerSample))).TotalNanoseconds) / NanosecondsPerSample);
            if (number >= most)
            {
                break;
            }
        }

        tally.End(process, source.Status!.ToJson()["sensors"]![0]!["lost"]!.GetValue<long>());
        return tally;
    }

    private static void Print(IioTally tally, (int Texts, double Seconds) decoded)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            samples of 3 axes read             {tally.Rows} in {tally.Wall.TotalSeconds:0.0} s, {tally.Rows / tally.Wall.TotalSeconds:0} per second
            not in their order, or missing     {tally.Gaps} seen, {tally.Lost} counted by the agent
            time stamps off, samples           {tally.WorstTime:0.000} at most
            processor time of the reading      {100 * tally.Processor / tally.Wall:0.00}% of one core
            managed memory                     {tally.BytesPerRow:0} bytes per row
            decoding at the same time          {Environment.ProcessorCount} processes on {Environment.ProcessorCount} cores, {decoded.Texts} texts in {decoded.Seconds:0} s
            """));
    }
}
