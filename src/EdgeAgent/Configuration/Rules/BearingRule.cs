using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>Each bearing can be computed, and channels sit at bearings that exist.</summary>
internal sealed class BearingRule : IConfigRule
{
    private const string Place = "/machine/bearings";

    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        var bearings = draft.Options.Machine.Bearings;
        var names = new HashSet<string>();
        for (var i = 0; i < bearings.Count; i++)
        {
            var place = JsonPlace.Below(Place, i);
            if (!names.Add(bearings[i].Name))
            {
                yield return new SchemaFault(place + "/name", $"\"{bearings[i].Name}\" again", "a name that no other bearing has");
            }

            if (Fault(bearings[i], place) is { } fault)
            {
                yield return fault;
            }
        }

        for (var i = 0; i < draft.Options.Channels.Count; i++)
        {
            if (draft.Options.Channels[i].Bearing is { } bearing && !names.Contains(bearing) && draft.IsSound(Place))
            {
                yield return new SchemaFault(
                    JsonPlace.Below("/channels", i) + "/bearing",
                    $"\"{bearing}\"",
                    names.Count == 0 ? "the name of a bearing in /machine/bearings, which has none" : "a bearing's name: " + string.Join(", ", names));
            }
        }
    }

    private static SchemaFault? Fault(BearingOptions bearing, string place)
    {
        var measures = new[] { bearing.Balls, bearing.BallDiameter, bearing.PitchDiameter }.Count(value => value is not null);
        return bearing.Orders is not null
            ? measures == 0 ? null : new SchemaFault(place, "orders and a geometry", "one of them")
            : measures < 3
            ? new SchemaFault(place, "half a geometry", "balls, ballDiameter and pitchDiameter, or orders")
            : bearing.BallDiameter >= bearing.PitchDiameter
            ? new SchemaFault(
                place + "/ballDiameter", SchemaText.Number(bearing.BallDiameter.Value), $"number below pitchDiameter, which is {SchemaText.Number(bearing.PitchDiameter!.Value)}")
            : null;
    }
}
