using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>Something that must hold between several keys, or between a key and this computer.</summary>
internal interface IConfigRule
{
    IEnumerable<SchemaFault> Check(ConfigDraft draft);
}
