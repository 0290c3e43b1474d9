using System.Threading.Channels;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Outputs;

/// <summary>Tells what becomes of one output: to the log, and as notices.</summary>
/// <param name="name">Its key in the config.</param>
internal sealed class OutputReports(string name, DecisionMaker decisions, ChannelWriter<OutboxItem?> items, MomentClock clock, ILogger log)
{
    /// <param name="fault">null when it can be driven again.</param>
    public void Tell(ReadFault? fault)
    {
        var data = new Dictionary<string, string> { ["output"] = name };
        if (fault is null)
        {
            OutputLog.Usable(log, name);
            Tell(decisions.Notice("output-usable", Severity.Info, data, clock.Now()));
        }
        else
        {
            OutputLog.Unusable(log, name, fault.Name, fault.Why);
            data["fault"] = fault.Name;
            data["why"] = fault.Why;
            Tell(decisions.Notice("output-unusable", Severity.Warning, data, clock.Now()));
        }
    }

    // A lamp never waits for the disk. What finds no room is in the log.
    private void Tell(Decision notice) => items.TryWrite(new OutboxItem.ForDecision(notice));
}
