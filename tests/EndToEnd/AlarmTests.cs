using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using EdgeAgent.Tests;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.EndToEnd;

/// <summary>What becomes of alarms: restarts by SIGKILL, and people with the command line.</summary>
public sealed class AlarmTests : IDisposable
{
    private static readonly int Kills = LongForm.Number("EDGEAGENT_KILLS", 20);

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_machine_alarm_that_stands_at_a_kill_is_not_raised_again_and_ends_under_its_id_still_acknowledged()
    {
        await _bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(Workbench.Pump(speed: 60, "discharge-restriction", startSeconds: 120, lasts: 100_000), broker.Port);
        string alarm;
        await using (var agent = AgentProcess.Start(_bench.Config, _bench.Data))
        {
            var raised = await subscriber.WaitForAsync((_, body) => Is(body, "machine", "raised"));
            Assert.Equal("true", raised.GetProperty("data").GetProperty("firstOut").GetString());
            alarm = Subscriber.Text(raised, "alarmId")!;
            var acknowledged = await AlarmsAsync("ack", alarm, "--who", "Kim", "--comment", "on my way");
            Assert.Equal((0, ""), (acknowledged.ExitCode, acknowledged.Errors));
            var told = await subscriber.WaitForAsync((_, body) => Is(body, "machine", "acknowledged"));
            PayloadSchema.AssertValid("decision.schema.json", told);
            Assert.Equal((alarm, "Kim"), (Subscriber.Text(told, "alarmId"), told.GetProperty("data").GetProperty("who").GetString()));
            await agent.KillAsync();
        }

        // The fault is there from the first window on, and then it goes.
        _bench.Configure(Workbench.Pump(speed: 60, "discharge-restriction", startSeconds: 0, lasts: 240), broker.Port);
        await using var again = AgentProcess.Start(_bench.Config, _bench.Data);
        await again.WaitForLineAsync("goes on");
        var cleared = await subscriber.WaitForAsync((_, body) => Is(body, "machine", "cleared"));

        Assert.Equal(alarm, Subscriber.Text(cleared, "alarmId"));
        Assert.True(cleared.GetProperty("alarm").GetProperty("acknowledged").GetBoolean());
        Assert.Single(subscriber.Messages, message => Is(message.Body, "machine", "raised"));
        var line = Assert.Single((await ListAsync()).EnumerateArray(), one => Subscriber.Text(one, "kind") == "machine");
        Assert.Equal((alarm, "ended", "Kim"), (Subscriber.Text(line, "alarmId"), Subscriber.Text(line, "state"), Subscriber.Text(line, "acknowledgedBy")));
    }

    [Fact]
    public async Task Kills_at_any_moment_leave_every_alarm_with_one_raise_and_one_end()
    {
        var random = new Random(Environment.TickCount);
        await using var broker = await MosquittoBroker.StartAsync(folder => ["persistence true", $"persistence_location {folder}/", "max_inflight_messages 0"]);
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(Workbench.RainOfAlarms(speed: 200), broker.Port);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
            await agent.WaitForLineAsync("Reading");
            await Task.Delay(random.Next(0, 800));
            await agent.KillAsync();
        }

        // A last run without alarms ends what stands and says goodbye.
        _bench.Configure(new { kind = "simulated", seed = 3, speed = 200, durationSeconds = 400 }, broker.Port);
        await using var last = AgentProcess.Start(_bench.Config, _bench.Data);
        Assert.Equal(0, (await last.EndAsync()).ExitCode);
        await subscriber.WaitForAsync((topic, body) => topic.EndsWith("/status", StringComparison.Ordinal) && Subscriber.Text(body, "status") == "offline"
            && subscriber.Messages.Any(message => Is(message.Body, "sensor", "cleared")));

        var flow = subscriber.Messages.Where(message => Is(message.Body, "sensor", "raised") || Is(message.Body, "sensor", "cleared"))
            .DistinctBy(message => Subscriber.Text(message.Body, "id"))
            .OrderBy(message => message.Body.GetProperty("seq").GetInt64())
            .Select(message => (Event: Subscriber.Text(message.Body, "event"), Alarm: Subscriber.Text(message.Body, "alarmId")))
            .ToArray();
        Assert.True(flow.Length > Kills, $"only {flow.Length} decisions in {Kills} kills prove little");
        for (var i = 0; i < flow.Length; i += 2)
        {
            Assert.Equal(("raised", "cleared", flow[i].Alarm), (flow[i].Event, flow[i + 1].Event, flow[i + 1].Alarm));
        }
    }

    [Fact]
    public async Task A_shelved_sensor_stays_shelved_over_a_kill_is_not_published_and_comes_back_when_somebody_says_so()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(Workbench.RainOfAlarms(speed: 40), broker.Port);
        string alarm;
        long shelf;
        await using (var agent = AgentProcess.Start(_bench.Config, _bench.Data))
        {
            alarm = Subscriber.Text(await subscriber.WaitForAsync((_, body) => Is(body, "sensor", "raised")), "alarmId")!;
            Assert.Equal(0, (await AlarmsAsync("shelve", alarm, "--for", "2h", "--who", "Kim")).ExitCode);
            var shelved = await subscriber.WaitForAsync((_, body) => Is(body, "sensor", "shelved"));
            Assert.True(shelved.GetProperty("alarm").TryGetProperty("shelvedUntil", out _));
            shelf = Seq(shelved);
            await agent.WaitForLineAsync("is not published: shelved");
            await agent.KillAsync();
        }

        await using var again = AgentProcess.Start(_bench.Config, _bench.Data);
        await again.WaitForLineAsync("Sensor alarm raised");
        await again.WaitForLineAsync("is not published: shelved");
        var hidden = (await ListAsync()).EnumerateArray().Where(line => !line.GetProperty("published").GetBoolean()).ToArray();
        Assert.NotEmpty(hidden);
        Assert.DoesNotContain(subscriber.Messages, message => Is(message.Body, "sensor", "raised") && Seq(message.Body) > shelf);

        Assert.Equal(0, (await AlarmsAsync("unshelve", alarm)).ExitCode);
        var unshelved = Seq(await subscriber.WaitForAsync((_, body) => Is(body, "sensor", "unshelved")));
        await subscriber.WaitForAsync((_, body) => Is(body, "sensor", "raised") && Seq(body) > unshelved);
        foreach (var (_, body) in subscriber.Messages.Where(message => message.Topic.EndsWith("/decision", StringComparison.Ordinal)))
        {
            PayloadSchema.AssertValid("decision.schema.json", body);
        }
    }

    [Fact]
    public async Task A_latched_alarm_waits_for_its_reset()
    {
        await _bench.CalibrateAsync();
        _bench.Configure(Workbench.Pump(speed: 60, "discharge-restriction", startSeconds: 90, lasts: 600), port: null, latch: true);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await agent.WaitForLineAsync("Machine alarm raised");
        var alarm = Subscriber.Text(await ListedAsync(line => Subscriber.Text(line, "kind") == "machine"), "alarmId")!;
        (await AlarmsAsync("reset", alarm)).AssertOneLineError(1, alarm, "cause is there");
        await agent.WaitForLineAsync("Machine alarm updated: score 0");
        Assert.Equal(0, (await AlarmsAsync("ack", alarm)).ExitCode);

        var latched = await ListAsync("--active");
        Assert.Contains(latched.EnumerateArray(), line => Subscriber.Text(line, "state") == "latched-acknowledged");
        Assert.Equal(0, (await AlarmsAsync("reset", alarm)).ExitCode);
        Assert.Empty((await ListAsync("--active")).EnumerateArray());
    }

    [Fact]
    public async Task A_reload_goes_on_with_the_alarms_that_stand()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        var fault = new { sensor = "Flow", kind = "missing", startSeconds = 2, durationSeconds = 100_000 };
        _bench.Configure(new { kind = "simulated", seed = 3, speed = 40, sensorFaults = new[] { fault } }, broker.Port);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        var raised = await subscriber.WaitForAsync((_, body) => Is(body, "sensor", "raised"));

        agent.HangUp();
        await agent.WaitForLineAsync("The sensor alarm of Flow goes on");
        var alarm = Subscriber.Text(raised, "alarmId")!;
        Assert.Equal(0, (await AlarmsAsync("ack", alarm)).ExitCode);
        await subscriber.WaitForAsync((_, body) => Is(body, "sensor", "acknowledged"));

        // The simulated sensor works for its first seconds after each start, too briefly for the alarm to end.
        Assert.Single(subscriber.Messages, message => Is(message.Body, "sensor", "raised"));
        Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
    }

    [Fact]
    public async Task Nonsense_on_the_socket_is_answered_or_dropped_and_the_next_request_is_served()
    {
        _bench.Configure(Workbench.RainOfAlarms(speed: 1), port: null);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await agent.WaitForLineAsync("Reading");
        Assert.Contains("bad-request", await SayAsync("hello\n"));
        Assert.Contains("bad-request", await SayAsync("{\"operation\":\"delete\",\"alarmId\":\"0199a0b0-0000-7000-8000-000000000000\"}\n"));
        Assert.Contains("bad-request", await SayAsync("{\"operation\":\"7\",\"alarmId\":\"0199a0b0-0000-7000-8000-000000000000\"}\n"));
        Assert.Contains("bad-request", await SayAsync("null\n"));
        Assert.Equal("", await SayAsync(new string('x', 20_000)));
        Assert.Equal("", await SayAsync(""));

        Assert.Contains("unknown-alarm", await SayAsync("{\"operation\":\"reset\",\"alarmId\":\"0199a0b0-0000-7000-8000-000000000000\"}\n"));
    }

    [Fact]
    public async Task Wrong_requests_are_one_line_that_says_what_is_allowed()
    {
        (await AlarmsAsync("list")).AssertOneLineError(2, "alarms.db", "--data-dir");
        (await AlarmsAsync("ack", "0199a0b0-0000-7000-8000-000000000000")).AssertOneLineError(1, "no agent runs", "--data-dir");
        var fault = new { sensor = "Flow", kind = "missing", startSeconds = 10, durationSeconds = 100_000 };
        _bench.Configure(new { kind = "simulated", seed = 3, speed = 40, sensorFaults = new[] { fault } }, port: null);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await agent.WaitForLineAsync("Sensor alarm raised");
        var alarm = Subscriber.Text(await ListedAsync(line => Subscriber.Text(line, "kind") == "sensor"), "alarmId")!;

        (await AlarmsAsync("ack", "x")).AssertOneLineError(2, "ALARMID", "found x", "alarms list");
        (await AlarmsAsync("ack", "0199a0b0-0000-7000-8000-000000000000")).AssertOneLineError(2, "0199a0b0-0000-7000-8000-000000000000");
        (await AlarmsAsync("shelve", alarm, "--for", "soon")).AssertOneLineError(2, "--for", "found soon", "30m");
        (await AlarmsAsync("shelve", alarm, "--for", "9h")).AssertOneLineError(2, "found 32400 s", "at most 480 min");
        (await AlarmsAsync("ack", alarm, "--comment", "a\nb")).AssertOneLineError(2, "comment", "control character");
        (await AlarmsAsync("reset", alarm)).AssertOneLineError(1, alarm);
        (await AlarmsAsync("list", "--limit", "0")).AssertOneLineError(2, "--limit", "found 0", "1 to");
        var first = await AlarmsAsync("ack", alarm, "--json");
        var second = await AlarmsAsync("ack", alarm, "--json");
        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal("done", Subscriber.Text(JsonDocument.Parse(first.Output).RootElement, "result"));
        Assert.Equal("already-so", Subscriber.Text(JsonDocument.Parse(second.Output).RootElement, "result"));
#pragma warning disable CA1416 // The agent runs on Linux.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_bench.Data, "alarms.sock")));
#pragma warning restore CA1416
    }

    private static long Seq(JsonElement body) => body.GetProperty("seq").GetInt64();

    private static bool Is(JsonElement body, string kind, string happened) =>
        Subscriber.Text(body, "kind") == kind && Subscriber.Text(body, "event") == happened;

    private Task<CliResult> AlarmsAsync(params string[] arguments) => Cli.RunAsync(["alarms", .. arguments, "--data-dir", _bench.Data]);

    /// <summary>Sends text and reads until the agent closes; says nothing more.</summary>
    private async Task<string> SayAsync(string text)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(_bench.Data, "alarms.sock")));
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text));
            var buffer = new byte[4096];
            return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(30)));
        }
        catch (SocketException)
        {
            // Closed before everything was read.
            return "";
        }
    }

    /// <summary>The log tells of an alarm before it is stored, and only then it is listed.</summary>
    private async Task<JsonElement> ListedAsync(Func<JsonElement, bool> which)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if ((await ListAsync("--active")).EnumerateArray().Where(which).ToArray() is [var listed, ..])
            {
                return listed;
            }

            await Task.Delay(100, limit.Token);
        }
    }

    private async Task<JsonElement> ListAsync(params string[] arguments)
    {
        var listed = await AlarmsAsync(["list", "--json", .. arguments]);
        Assert.True(listed.ExitCode == 0, listed.Errors);
        return JsonDocument.Parse(listed.Output).RootElement;
    }
}
