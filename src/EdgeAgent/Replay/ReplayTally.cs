using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Replay;

/// <summary>What a replay came to.</summary>
internal sealed class ReplayTally
{
    /// <summary>What the first rows gave; null if an earlier calibration was used.</summary>
    public Calibration? Calibration { get; set; }

    public long Rows { get; set; }

    public long Windows { get; set; }

    public int MachineAlarms { get; set; }

    public int SensorAlarms { get; set; }

    public int Drifts { get; set; }

    public int ByModel { get; private set; }

    public int ByTemplate { get; private set; }

    /// <summary>Why the template wrote the first explanation that it wrote.</summary>
    public string? TemplateReason { get; private set; }

    public void Explained(ComposedDiagnosis composed)
    {
        var byModel = composed.Diagnosis.Author == Diagnosis.AuthorModel;
        ByModel += byModel ? 1 : 0;
        ByTemplate += byModel ? 0 : 1;
        TemplateReason ??= composed.TemplateReason;
    }
}
