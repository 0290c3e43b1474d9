using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.EndToEnd;

/// <summary>A folder of one test's own with a config of a simulated pump and a data directory.</summary>
internal sealed class Workbench : IDisposable
{
    private const int CalibrationSeconds = 900;

    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly (string Name, string Role, string Unit)[] Channels =
    [
        ("Flow", "flow", "l/min"), ("Pressure", "pressure", "bar"), ("Motor current", "current", "A"),
        ("Vibration 1", "vibration", "g"), ("Vibration 2", "vibration", "g"),
        ("Motor temperature", "motor-temperature", "°C"), ("Fluid temperature", "fluid-temperature", "°C"), ("Voltage", "voltage", "V"),
    ];

    public string Folder { get; } = Directory.CreateTempSubdirectory("edgeagent-e2e-").FullName;

    public string Config => Path.Combine(Folder, "device.json");

    public string Data => Path.Combine(Folder, "data");

    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Writes the config.</summary>
    /// <param name="alarm">The block detection.alarm, instead of <paramref name="latch"/>.</param>
    /// <param name="channels">Others than those of the pump.</param>
    /// <param name="mqtt">The whole block, instead of one for the port.</param>
    public void Configure(
        object source, int? port, object? explanation = null, bool autoCalibrate = false, bool latch = false, object? commands = null, object? homeAssistant = null,
        object? health = null, object? alarm = null, object? alarms = null, object? outbox = null, object? snapshots = null, object? mqtt = null, object? models = null,
        object? channels = null, object? sampling = null)
    {
        var config = new
        {
            site = "test",
            device = "bench",
            machine = new { id = "P-1", type = "centrifugal pump", faultLibrary = Repository.Config("faults/centrifugal-pump.json") },
            sampling,
            channels = channels ?? Channels.Select(channel => new { name = channel.Name, role = channel.Role, unit = channel.Unit }),
            source,
            health = health ?? new { raiseAfterSeconds = 3, clearAfterSeconds = 3, staleAfterSeconds = 30 },
            detection = new { package = Repository.Package("process-anomaly"), alarm = alarm ?? new { latch } },
            alarms = alarms ?? (snapshots is null ? null : new { snapshots }),
            outbox,
            models,
            calibration = new { auto = autoCalibrate, durationSeconds = CalibrationSeconds },
            explanation = explanation ?? new { package = (string?)null },
            mqtt = mqtt ?? (port is null ? null : new { host = "127.0.0.1", port, keepAliveSeconds = 5, commands, homeAssistant }),
        };
        System.IO.File.WriteAllText(Config, JsonSerializer.Serialize(config, WithoutNulls));
    }

    /// <summary>A simulated pump whose flow sensor drops out for a few seconds again and again: a steady rain of sensor alarms.</summary>
    public static object RainOfAlarms(double speed) => new
    {
        kind = "simulated",
        seed = 3,
        speed,
        sensorFaults = Enumerable.Range(0, 900).Select(i => new { sensor = "Flow", kind = "missing", startSeconds = 10 + (20 * i), durationSeconds = 8 }),
    };

    /// <summary>A simulated pump with one fault.</summary>
    public static object Pump(double speed, string fault, double startSeconds, double lasts, double? durationSeconds = null) => new
    {
        kind = "simulated",
        seed = 5,
        speed,
        durationSeconds,
        faults = new[] { new { fault, startSeconds, durationSeconds = lasts, severity = 0.8, rampSeconds = 5 } },
    };

    /// <summary>Learns the normal state of the same pump, so that `run` scores from its first window on.</summary>
    public async Task CalibrateAsync()
    {
        Configure(new { kind = "simulated", seed = 5, speed = 0, durationSeconds = CalibrationSeconds }, port: null);
        var result = await Cli.RunAsync("calibrate", "--config", Config, "--data-dir", Data);
        Assert.True(result.ExitCode == 0, result.Errors);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
