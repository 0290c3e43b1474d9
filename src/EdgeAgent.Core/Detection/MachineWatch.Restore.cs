using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Detection;

/// <content>What an earlier run left behind.</content>
public sealed partial class MachineWatch
{
    /// <summary>Takes over the alarms that an earlier run left active: they are not raised again, and can end.</summary>
    public void Restore(IEnumerable<SourceState> states)
    {
        foreach (var (source, alarm, _) in states.Where(state => state.Alarm?.Phase.IsActive() == true))
        {
            if (source.IsMachine)
            {
                _alarm.Restore(alarm!.Severity, alarm.Score ?? 0);
            }
            else if (_settings.Channels.ToList().FindIndex(channel => channel.Name == source.Name) is var index and >= 0)
            {
                _gates.Health.Restore(index, Enum.GetValues<ChannelHealth>().FirstOrDefault(verdict => DecisionMaker.SensorCode(verdict) == alarm!.Code));
            }
        }
    }
}
