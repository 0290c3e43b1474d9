using EdgeAgent.Alarms;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Outputs;
using EdgeAgent.Sensors.Hardware.Gpio;
using EdgeAgent.Swapping;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>The lamps and relays of the config's outputs block.</summary>
internal static class OutputPlan
{
    public static OutputLoop Make(
        OutputsOptions options, AlarmDesk desk, SwapLoop swaps, DecisionMaker decisions, PipelineChannels channels, MomentClock clock, TimeProvider time, ILogger<OutputLoop> log)
    {
        var bell = new OutputBell();
        swaps.Judged += bell.Judged;
        return new OutputLoop([.. options.All.Select(each => Output(each.Key, each.Output))], desk, bell, time);

        IOutput Output(string key, GpioOutputOptions output)
        {
            var reports = new OutputReports(key, decisions, channels.Items.Writer, clock, log);
            var request = new GpioLineRequest(output.Chip, output.Line, output.Offset) { ActiveLow = output.ActiveLow };
            var relay = output as AlarmRelayOptions;
            var line = new HeldLine(request, safe: relay?.OnAtExit ?? false, GpioLines.OfThisDevice.Open, reports.Tell);
            return relay is null
                ? new StatusLightOutput(line, time.GetElapsedTime(0))
                : new AlarmRelayOutput(line, relay.From == AlarmRelayFrom.Critical ? Severity.Critical : Severity.Warning);
        }
    }
}
