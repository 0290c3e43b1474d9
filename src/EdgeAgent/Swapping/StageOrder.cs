using EdgeAgent.Core.ModelPackages.Swapping;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;

namespace EdgeAgent.Swapping;

/// <summary>What the swap loop asks of the stage, which takes it between two readings.</summary>
internal abstract record StageOrder
{
    private StageOrder()
    {
    }

    /// <summary>Puts a candidate beside the model in use. The stage owns it from then on.</summary>
    /// <param name="Stored">A calibration that was made for exactly this package; null if there is none.</param>
    /// <param name="Asked">An operator asked for it: it is taken as soon as it is warm, calibrated or not.</param>
    internal sealed record Beside(ModelTicket Ticket, LoadedWatch Loaded, StoredCalibration? Stored, ShadowLimits Limits, bool Asked = false) : StageOrder;

    /// <summary>The disk says that the candidate is in use; now it is.</summary>
    /// <param name="CalibrationId">null if it has none, or the disk did not take it.</param>
    internal sealed record Activate(ModelTicket Ticket, string? CalibrationId, ProbationLimits Probation) : StageOrder;

    /// <summary>Frees what goes beside the model in use.</summary>
    internal sealed record Drop(TaskCompletionSource Done) : StageOrder;

    /// <summary>An operator wants the model before back, while that one still goes beside it.</summary>
    internal sealed record GoBack(ModelTicket Ticket, string Why) : StageOrder;

    /// <summary>The model in use has been on probation since before the start; the one before it goes beside it.</summary>
    /// <param name="Before">The stage owns it from then on; null if it cannot be used.</param>
    internal sealed record Accompany(ModelTicket Ticket, LoadedWatch? Before, StoredCalibration? Stored, ProbationLimits Probation) : StageOrder;
}
