using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>A pause is longer than the time between two readings.</summary>
internal sealed class TimingRule : IConfigRule
{
    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        if (!draft.IsSound("/sampling/rateHz"))
        {
            yield break;
        }

        var period = draft.Period.TotalSeconds;
        var allowed = $"number above one sampling period, which is {SchemaText.Number(period)} s";
        if (draft.Options.Sampling.MaxGapSeconds <= period)
        {
            yield return new SchemaFault("/sampling/maxGapSeconds", SchemaText.Number(draft.Options.Sampling.MaxGapSeconds), allowed);
        }

        if (draft.Options.Health.StaleAfterSeconds <= period)
        {
            yield return new SchemaFault("/health/staleAfterSeconds", SchemaText.Number(draft.Options.Health.StaleAfterSeconds), allowed);
        }
    }
}
