using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages.Swapping;
using EdgeAgent.Core.Signals;
using EdgeAgent.Pipeline;

namespace EdgeAgent.Swapping;

/// <summary>The time after a swap: the model before goes on beside the new one, so that going back misses nothing.</summary>
/// <param name="before">null if it cannot be used.</param>
/// <param name="calibration">The id of the calibration that <paramref name="before"/> uses.</param>
/// <param name="hop">Time between two windows of the new one.</param>
internal sealed class ProbationRun(ModelTicket ticket, LoadedWatch? before, string? calibration, ProbationLimits limits, TimeSpan hop)
{
    public ModelTicket Ticket => ticket;

    public LoadedWatch? Before { get; private set; } = before;

    public string? Calibration => calibration;

    public ProbationWatch Rules { get; } = new(limits, hop);

    /// <summary>It was told that the start is a good one.</summary>
    public bool ToldSteady { get; set; }

    /// <summary>Going back means that it is not taken again unasked.</summary>
    public bool Refuse { get; set; } = true;

    /// <summary>A rule that was broken with a reading whose outcome stands.</summary>
    public string? Fault { get; set; }

    /// <summary>The model before sees what the new one saw.</summary>
    public void Follow(SensorFrame frame, in Observation seen)
    {
        try
        {
            Before?.Watch.Follow(frame, hold: seen.AlarmActive);
        }
        catch (Exception)
        {
            // A model that fails now is nothing to go back to while the agent runs; a restart opens it anew.
            Before!.Dispose();
            Before = null;
        }
    }
}
