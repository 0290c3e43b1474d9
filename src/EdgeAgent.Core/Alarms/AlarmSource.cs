namespace EdgeAgent.Core.Alarms;

/// <summary>What an alarm is about: the machine, or one channel. At most one alarm of each stands at a time.</summary>
/// <param name="Kind">"machine" or "sensor", as in decisions.</param>
/// <param name="Name">The machine's id or the channel's name.</param>
public readonly record struct AlarmSource(string Kind, string Name)
{
    public const string MachineKind = "machine";

    public bool IsMachine => Kind == MachineKind;

    public static AlarmSource Machine(string id) => new(MachineKind, id);

    public static AlarmSource Sensor(string channel) => new("sensor", channel);
}
