using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>Operating modes are told by a channel that exists, can be told apart, and one of them is watched.</summary>
internal sealed class ModesRule : IConfigRule
{
    private const string Place = "/machine/modes";

    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        if (draft.Options.Machine.Modes is not { } modes || !draft.IsSound(Place))
        {
            yield break;
        }

        var channels = draft.Options.Channels.Select(channel => channel.Name).ToArray();
        if (!channels.Contains(modes.Channel))
        {
            yield return new SchemaFault(Place + "/channel", $"\"{modes.Channel}\"", "a channel's name: " + string.Join(", ", channels));
        }

        if (!modes.States.Any(state => state.Watch))
        {
            yield return new SchemaFault(Place + "/states", "no state with watch true", "at least one state that is watched");
        }

        for (var i = 0; i < modes.States.Count; i++)
        {
            if (Fault(modes, i) is { } fault)
            {
                yield return fault;
            }
        }
    }

    private static SchemaFault? Fault(ModesOptions modes, int i)
    {
        var state = modes.States[i];
        var place = JsonPlace.Below(Place + "/states", i);
        var isLast = i == modes.States.Count - 1;
        var previous = i > 0 ? modes.States[i - 1].Below : null;
        return modes.States.Take(i).Any(other => other.Name == state.Name)
            ? new SchemaFault(place + "/name", $"\"{state.Name}\" again", "a name that no other state has")
            : isLast && state.Below is { } limit
            ? new SchemaFault(place + "/below", SchemaText.Number(limit), "absent in the last state, which has no upper end")
            : !isLast && state.Below is null
            ? new SchemaFault(place + "/below", "nothing", "a number in every state but the last")
            : previous is { } end && state.Below <= end + (2 * modes.Deadband)
            ? new SchemaFault(place + "/below", SchemaText.Number(state.Below.Value), $"number above {SchemaText.Number(end + (2 * modes.Deadband))}, the previous state's end and two deadbands")
            : null;
    }
}
