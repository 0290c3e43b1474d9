namespace EdgeAgent.Core.Diagnosis;

/// <summary>What can go wrong with one type of machine.</summary>
public sealed record FaultLibrary(string MachineType, IReadOnlyList<Fault> Faults)
{
    public Fault? Find(string id) => Faults.FirstOrDefault(fault => fault.Id == id);
}
