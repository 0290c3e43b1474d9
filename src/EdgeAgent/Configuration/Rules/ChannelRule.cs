using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>Channels can be told apart, and each channel's limits make sense together.</summary>
internal sealed class ChannelRule : IConfigRule
{
    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var columns = new HashSet<string>();
        for (var i = 0; i < draft.Options.Channels.Count; i++)
        {
            var channel = draft.Options.Channels[i];
            var place = JsonPlace.Below("/channels", i);
            if (!names.Add(channel.Name))
            {
                yield return new SchemaFault(place + "/name", $"\"{channel.Name}\" again", "a name that no other channel has");
            }
            else if (!columns.Add(channel.Column ?? channel.Name))
            {
                yield return new SchemaFault(place + "/column", $"\"{channel.Column ?? channel.Name}\" again", "a column that no other channel has");
            }

            if (channel.Min >= channel.Max)
            {
                yield return new SchemaFault(
                    place + "/min", SchemaText.Number(channel.Min.Value), $"number below max, which is {SchemaText.Number(channel.Max.Value)}");
            }

            if (channel.StuckAfterSeconds > 0 && channel.StuckAfterSeconds <= draft.Period.TotalSeconds && draft.IsSound("/sampling/rateHz"))
            {
                yield return new SchemaFault(
                    place + "/stuckAfterSeconds",
                    SchemaText.Number(channel.StuckAfterSeconds),
                    $"0, or number above one sampling period, which is {SchemaText.Number(draft.Period.TotalSeconds)} s");
            }
        }
    }
}
