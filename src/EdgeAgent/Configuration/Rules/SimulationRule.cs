using EdgeAgent.Configuration.Schema;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.Signals;
using EdgeAgent.Sensors.Simulation;

namespace EdgeAgent.Configuration.Rules;

/// <summary>The simulated machine has what the channels and the schedule ask of it.</summary>
internal sealed class SimulationRule : IConfigRule
{
    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        var source = draft.IsSound("/source/kind") ? draft.Options.Source as SimulationOptions : null;
        var channels = source is SimulatedMotorOptions ? MotorChannels(draft)
            : source is not null || draft.Use == ConfigUse.Simulate ? Channels(draft) : [];
        return source is null ? channels : channels.Concat(Faults(draft.Library, source)).Concat(SensorFaults(draft, source));
    }

    private static IEnumerable<SchemaFault> Channels(ConfigDraft draft)
    {
        for (var i = 0; i < draft.Options.Channels.Count; i++)
        {
            var channel = draft.Options.Channels[i];
            var place = JsonPlace.Below("/channels", i);
            if (SimulatedSensors.UnitOf(channel.Role) is not { } unit)
            {
                yield return new SchemaFault(
                    place + "/role", $"\"{channel.Role}\"", $"with the simulated pump: {string.Join(", ", SimulatedSensors.Roles)}");
            }
            else if (channel.Unit != unit && draft.IsSound(place + "/role"))
            {
                yield return new SchemaFault(place + "/unit", $"\"{channel.Unit}\"", $"\"{unit}\", which the simulated pump gives");
            }
        }
    }

    private static IEnumerable<SchemaFault> MotorChannels(ConfigDraft draft) => draft.Options.Channels
        .Select((channel, i) => (channel, place: JsonPlace.Below("/channels", i)))
        .Where(each => (each.channel.Role, each.channel.Unit) != (ChannelRoles.Vibration, "g"))
        .Select(each => new SchemaFault(each.place, $"{each.channel.Role} in {each.channel.Unit}", "with the simulated motor: vibration in g"));

    private static IEnumerable<SchemaFault> Faults(FaultLibrary? library, SimulationOptions source)
    {
        for (var i = 0; i < source.Faults.Count; i++)
        {
            var fault = source.Faults[i];
            var place = JsonPlace.Below("/source/faults", i);
            var ids = Simulations.FaultsOf(source);
            if (!ids.Contains(fault.Fault) || library?.Find(fault.Fault) is null && library is not null)
            {
                yield return Unknown(place + "/fault", fault.Fault, ids.Where(id => library?.Find(id) is not null || library is null));
            }

            if (fault.RampSeconds > fault.DurationSeconds)
            {
                yield return new SchemaFault(
                    place + "/rampSeconds",
                    SchemaText.Number(fault.RampSeconds),
                    $"up to durationSeconds, which is {SchemaText.Number(fault.DurationSeconds.Value)}");
            }
        }
    }

    private static IEnumerable<SchemaFault> SensorFaults(ConfigDraft draft, SimulationOptions source)
    {
        var names = draft.Options.Channels.Select(channel => channel.Name).ToList();
        var known = Enumerable.Range(0, names.Count).All(i => draft.IsSound($"/channels/{i}/name"));
        for (var i = 0; known && i < source.SensorFaults.Count; i++)
        {
            if (!names.Contains(source.SensorFaults[i].Sensor))
            {
                yield return Unknown($"/source/sensorFaults/{i}/sensor", source.SensorFaults[i].Sensor, names);
            }
        }
    }

    private static SchemaFault Unknown(string place, string found, IEnumerable<string> known)
    {
        var names = known.ToList();
        var nearest = SimilarName.Among(names, found);
        return new SchemaFault(place, $"\"{found}\"" + (nearest is null ? "" : $" (did you mean \"{nearest}\"?)"), string.Join(", ", names));
    }
}
