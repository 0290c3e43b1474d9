using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>A new level is accepted long after it was told, never before.</summary>
internal sealed class DriftRule : IConfigRule
{
    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        const string ForMinutes = "/detection/drift/forMinutes";
        const string AcceptAfterHours = "/detection/drift/acceptAfterHours";
        if (!draft.IsSound(ForMinutes) || !draft.IsSound(AcceptAfterHours))
        {
            yield break;
        }

        var drift = draft.Options.Detection.Drift;
        if (drift.AcceptAfterHours > 0 && drift.AcceptAfterHours * 60 <= drift.ForMinutes)
        {
            yield return new SchemaFault(
                AcceptAfterHours,
                SchemaText.Number(drift.AcceptAfterHours),
                $"0, or number above forMinutes, which is {SchemaText.Number(drift.ForMinutes)} min");
        }
    }
}
