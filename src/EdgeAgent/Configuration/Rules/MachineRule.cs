using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>The fault library is the one of this type of machine.</summary>
internal sealed class MachineRule : IConfigRule
{
    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        if (draft.Library is { } library && library.MachineType != draft.Options.Machine.Type)
        {
            yield return new SchemaFault(
                "/machine/type", $"\"{draft.Options.Machine.Type}\"", $"\"{library.MachineType}\", the machineType of {draft.Options.Machine.FaultLibrary}");
        }
    }
}
