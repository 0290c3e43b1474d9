using System.Globalization;
using System.Threading.Channels;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Sensors.Hardware;
using EdgeAgent.Storage;

namespace EdgeAgent.Pipeline;

/// <summary>What becomes of hardware sensors ─▶ notices. Their channels have sensor alarms besides, which the health gate raises.</summary>
internal sealed class SensorNotices(ChannelReader<SensorEvent> events, DecisionMaker decisions, PipelineChannels channels, MomentClock clock)
{
    /// <summary>Runs until the source ends.</summary>
    public async Task RunAsync()
    {
        await foreach (var happened in events.ReadAllAsync().ConfigureAwait(false))
        {
            await channels.Items.Writer.WriteAsync(new OutboxItem.ForDecision(Notice(happened))).ConfigureAwait(false);
        }
    }

    private Decision Notice(SensorEvent happened)
    {
        var data = new Dictionary<string, string> { ["sensor"] = happened.Sensor, ["channels"] = string.Join(", ", happened.Channels) };
        if (happened.Fault is { } fault)
        {
            data["fault"] = fault.Name;
            data["why"] = fault.Why;
            return decisions.Notice("sensor-unreadable", Severity.Warning, data, clock.Now());
        }

        if (happened.Lost > 0)
        {
            data["lost"] = happened.Lost.ToString(CultureInfo.InvariantCulture);
            return decisions.Notice("samples-lost", Severity.Warning, data, clock.Now());
        }

        data["failedForSeconds"] = happened.FailedFor!.Value.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        data["failures"] = happened.Failures.ToString(CultureInfo.InvariantCulture);
        return decisions.Notice("sensor-readable", Severity.Info, data, clock.Now());
    }
}
