using System.Globalization;
using System.Text.Json;
using EdgeAgent.Tests;
using EdgeAgent.Tests.Pipeline;

namespace EdgeAgent.EndToEnd;

/// <summary>The readings around alarms, as a support person gets at them on the device.</summary>
public sealed class SnapshotTests : IDisposable
{
    private const int FaultAt = 200;
    private const int DropOutAt = 500;

    private static readonly int Kills = LongForm.Number("EDGEAGENT_KILLS", 10);

    private readonly Workbench _bench = new();

    private string Snapshots => Path.Combine(_bench.Data, "snapshots");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_readings_around_an_alarm_come_back_as_they_were_recorded_and_can_be_replayed()
    {
        var recording = await RecordAsync();
        await RunToItsEndAsync(recording, new { beforeSeconds = 40, afterSeconds = 30 });
        var rows = (await File.ReadAllLinesAsync(recording))[1..].Select(line => line[..line.LastIndexOf(';')]).ToList();
        var list = await ListAsync();

        foreach (var (kind, source) in new[] { ("machine", "P-1"), ("sensor", "Voltage") })
        {
            var line = list.Single(one => Subscriber.Text(one, "kind") == kind);
            Assert.Equal((source, "complete"), (Subscriber.Text(line, "source"), Subscriber.Text(line, "after")));
            Assert.Equal((40, 30, 71), (line.GetProperty("beforeSeconds").GetDouble(), line.GetProperty("afterSeconds").GetDouble(), line.GetProperty("readings").GetInt32()));
            var exported = await ExportAsync(Subscriber.Text(line, kind == "machine" ? "alarmId" : "decisionId")!, kind);
            var lines = await File.ReadAllLinesAsync(exported);
            var readings = lines[1..].Select(one => one[..one.LastIndexOf(';')]).ToArray();

            // Byte for byte what the recording had there, and the time from the alarm is right.
            var from = rows.IndexOf(readings[0]);
            Assert.Equal(rows.GetRange(from, 71), readings);
            Assert.Equal(Enumerable.Range(-40, 71).Select(second => second.ToString(CultureInfo.InvariantCulture)), lines[1..].Select(one => one[(one.LastIndexOf(';') + 1)..]));
            Assert.InRange(from + 40, kind == "machine" ? FaultAt : DropOutAt + 3, kind == "machine" ? FaultAt + 120 : DropOutAt + 3);
            await AssertReplaysAsync(exported, readings);
        }

        var alarms = JsonElement.Parse((await Cli.RunAsync("alarms", "list", "--data-dir", _bench.Data, "--json")).Output);
        Assert.All(alarms.EnumerateArray(), alarm => Assert.True(alarm.GetProperty("snapshot").GetBoolean()));

        // A replay keeps nothing.
        Assert.Equal(list.Count, Directory.GetFiles(Snapshots).Length);
    }

    [Fact]
    public async Task A_kill_after_the_raise_leaves_what_was_before_it()
    {
        _bench.Configure(DropOut(speed: 10), port: null, snapshots: new { beforeSeconds = 5, afterSeconds = 3600 });
        await using (var agent = AgentProcess.Start(_bench.Config, _bench.Data))
        {
            await agent.WaitForLineAsync("after it, Pending");
            await agent.KillAsync();
        }

        var line = Assert.Single(await ListAsync());
        Assert.Equal(("pending", 6), (Subscriber.Text(line, "after"), line.GetProperty("readings").GetInt32()));
        Assert.Equal(7, (await File.ReadAllLinesAsync(await ExportAsync(Subscriber.Text(line, "alarmId")!, "before"))).Length);
    }

    [Fact]
    public async Task A_stop_keeps_what_came_until_then_and_says_that_it_is_cut()
    {
        _bench.Configure(DropOut(speed: 20), port: null, snapshots: new { beforeSeconds = 5, afterSeconds = 3600 });
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await agent.WaitForLineAsync("after it, Pending");

        // Something that is decided later shows that readings came after the alarm.
        await agent.WaitForLineAsync("on Pressure");
        Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);

        var first = (await ListAsync()).Single(one => Subscriber.Text(one, "source") == "Flow");
        Assert.Equal("cut", Subscriber.Text(first, "after"));
        Assert.True(first.GetProperty("afterSeconds").GetDouble() >= 10);
    }

    [Fact]
    public async Task Kills_at_any_moment_leave_only_whole_files_within_the_quota()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        _bench.Configure(Workbench.RainOfAlarms(speed: 400), port: null, snapshots: new { beforeSeconds = 30, afterSeconds = 4, maxMegabytes = 0.02 });
        var seen = new HashSet<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
            await agent.WaitForLineAsync("Kept");
            await Task.Delay(random.Next(0, 300));
            await agent.KillAsync();
            var list = await ListAsync();
            seen.UnionWith(list.Select(line => Subscriber.Text(line, "alarmId")!));
            Assert.All(list, line => Assert.False(line.TryGetProperty("problem", out var problem), $"seed {seed}, kill {kill}: {problem}"));
            Assert.InRange(list.Sum(line => line.GetProperty("bytes").GetInt64()), 1, 20_000);
            await ExportAsync(Subscriber.Text(list[random.Next(list.Count)], "alarmId")!, $"kill-{kill}");
        }

        Assert.True(seen.Count > Kills, $"seed {seed}: {seen.Count} snapshots in {Kills} kills prove little");
        await using var last = AgentProcess.Start(_bench.Config, _bench.Data);
        await last.WaitForLineAsync("Kept");
        Assert.Equal(0, (await last.TerminateAsync()).ExitCode);
        Assert.Empty(Directory.GetFiles(Snapshots, "*.new"));
    }

    [SmallDiskFact]
    public async Task A_full_disk_costs_snapshots_and_no_alarm_and_is_told_once()
    {
        using var disk = SmallDisk.Mount();
        var data = Path.Combine(disk.Path, "data");
        _bench.Configure(Workbench.RainOfAlarms(speed: 200), port: null, snapshots: new { beforeSeconds = 30, afterSeconds = 4 });
        await using (var agent = AgentProcess.Start(_bench.Config, data))
        {
            await agent.WaitForLineAsync("Kept");
            disk.Fill();
            await agent.WaitForLineAsync("Readings around alarms cannot be kept");
            var alarms = agent.Lines.Count(line => line.Contains("Sensor alarm raised", StringComparison.Ordinal));
            await agent.WaitForLinesAsync("Sensor alarm raised", alarms + 5);
            Assert.Single(agent.Lines, line => line.Contains("Readings around alarms cannot be kept", StringComparison.Ordinal));
            disk.Empty();
            await agent.WaitForLineAsync("Readings around alarms are kept again");
            Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
        }

        Assert.Equal(0, JsonElement.Parse((await Cli.RunAsync("outbox", "status", "--data-dir", data, "--json")).Output).GetProperty("lost").GetInt32());
        var list = JsonElement.Parse((await Cli.RunAsync("snapshots", "list", "--data-dir", data, "--json")).Output);
        Assert.All(list.EnumerateArray(), line => Assert.False(line.TryGetProperty("problem", out _)));
        Assert.Empty(Directory.GetFiles(Path.Combine(data, "snapshots"), "*.new"));
    }

    [Fact]
    public async Task Only_alarms_that_receivers_hear_of_have_readings()
    {
        // More sensor alarms in a minute than the ten that are published.
        var sensors = new[] { "Flow", "Pressure", "Motor current", "Vibration 1", "Vibration 2", "Motor temperature", "Fluid temperature", "Voltage" };
        var dropOuts = sensors.SelectMany(sensor => new[] { 20, 45 }.Select(start => new { sensor, kind = "missing", startSeconds = start, durationSeconds = 8 }));
        _bench.Configure(new { kind = "simulated", seed = 3, speed = 0, durationSeconds = 300, sensorFaults = dropOuts }, port: null, snapshots: new { beforeSeconds = 10, afterSeconds = 5 });
        await using (var agent = AgentProcess.Start(_bench.Config, _bench.Data))
        {
            Assert.Equal(0, (await agent.EndAsync()).ExitCode);
        }

        var alarms = JsonElement.Parse((await Cli.RunAsync("alarms", "list", "--data-dir", _bench.Data, "--json")).Output).EnumerateArray().ToList();
        Assert.Equal(16, alarms.Count);
        Assert.Equal(10, alarms.Count(alarm => alarm.GetProperty("published").GetBoolean()));
        Assert.All(alarms, alarm => Assert.Equal(alarm.GetProperty("published").GetBoolean(), alarm.GetProperty("snapshot").GetBoolean()));
    }

    [Fact]
    public async Task Without_a_quota_nothing_is_kept()
    {
        await RunToItsEndAsync(await RecordAsync(), new { maxMegabytes = 0 });

        Assert.False(Directory.Exists(Snapshots));
        Assert.Equal("none", (await Cli.RunAsync("snapshots", "list", "--data-dir", _bench.Data)).Output.Trim());
    }

    [Fact]
    public async Task What_cannot_be_exported_is_told_in_one_line()
    {
        await RunToItsEndAsync(await RecordAsync(), new { });
        var file = Directory.GetFiles(Snapshots)[0];
        var id = Path.GetFileNameWithoutExtension(file)[9..];
        const string Other = "0190a0a0-0000-7000-8000-000000000000";

        (await ExportedAsync(Other, _bench.File("none.csv"))).AssertOneLineError(2, "snapshots", "no readings are kept", Other);
        (await ExportedAsync("yesterday", _bench.File("none.csv"))).AssertOneLineError(2, "ID", "yesterday", "snapshots list");
        (await ExportedAsync(id, _bench.Config)).AssertOneLineError(2, "--to", "exists");
        (await ExportedAsync(id, _bench.File("no/folder.csv"))).AssertOneLineError(1, "--to", "cannot be written");
        (await Cli.RunAsync("snapshots", "list", "--data-dir", _bench.File("nowhere"))).AssertOneLineError(2, "nowhere", "--data-dir");

        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^100] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        (await ExportedAsync(id, _bench.File("none.csv"))).AssertOneLineError(1, Path.GetFileName(file), "damaged");
        await File.WriteAllBytesAsync(file, bytes[..^1]);
        (await ExportedAsync(id, _bench.File("none.csv"))).AssertOneLineError(1, Path.GetFileName(file), "damaged");
        Assert.Contains("damaged", (await Cli.RunAsync("snapshots", "list", "--data-dir", _bench.Data)).Output);
        Assert.False(File.Exists(_bench.File("none.csv")));
    }

    /// <summary>A recording with a fault of the machine, and later a sensor that drops out.</summary>
    private async Task<string> RecordAsync()
    {
        await _bench.CalibrateAsync();
        var recording = _bench.File("recording.csv");
        var simulated = await Cli.RunAsync("simulate", "--config", _bench.Config, "--for", "600s", "--fault", $"discharge-restriction@{FaultAt}+150", "--out", recording);
        Assert.True(simulated.ExitCode == 0, simulated.Errors);
        var lines = await File.ReadAllLinesAsync(recording);
        for (var row = DropOutAt; row < DropOutAt + 20; row++)
        {
            var cells = lines[row + 1].Split(';');
            cells[8] = "";
            lines[row + 1] = string.Join(';', cells);
        }

        await File.WriteAllLinesAsync(recording, lines);
        return recording;
    }

    private async Task RunToItsEndAsync(string recording, object snapshots)
    {
        _bench.Configure(new { kind = "csv", path = recording, speed = 0 }, port: null, snapshots: snapshots);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        Assert.Equal(0, (await agent.EndAsync()).ExitCode);
    }

    private async Task AssertReplaysAsync(string exported, string[] readings)
    {
        var scores = exported + ".scores";
        var replayed = await Cli.RunAsync("replay", "--config", _bench.Config, "--input", exported, "--data-dir", _bench.Data, "--scores", scores);
        Assert.True(replayed.ExitCode == 0, replayed.Errors);
        Assert.Equal(readings.Select(line => line.Split(';')[0]), (await File.ReadAllLinesAsync(scores))[1..].Select(line => line.Split(',')[0]));
    }

    /// <summary>A flow sensor that drops out for good, and a pressure sensor half a minute later.</summary>
    private static object DropOut(double speed) => new
    {
        kind = "simulated",
        seed = 3,
        speed,
        sensorFaults = new[]
        {
            new { sensor = "Flow", kind = "missing", startSeconds = 20, durationSeconds = 100_000 },
            new { sensor = "Pressure", kind = "missing", startSeconds = 50, durationSeconds = 100_000 },
        },
    };

    private async Task<IReadOnlyList<JsonElement>> ListAsync()
    {
        var listed = await Cli.RunAsync("snapshots", "list", "--data-dir", _bench.Data, "--json");
        Assert.True(listed.ExitCode == 0, listed.Errors);
        return [.. JsonElement.Parse(listed.Output).EnumerateArray()];
    }

    private async Task<string> ExportAsync(string id, string name)
    {
        var file = _bench.File(name + ".csv");
        var exported = await ExportedAsync(id, file);
        Assert.True(exported.ExitCode == 0, exported.Errors);
        return file;
    }

    private Task<CliResult> ExportedAsync(string id, string file) => Cli.RunAsync("snapshots", "export", id, "--to", file, "--data-dir", _bench.Data);
}
