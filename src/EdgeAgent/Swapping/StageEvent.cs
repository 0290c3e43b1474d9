using EdgeAgent.Storage;

namespace EdgeAgent.Swapping;

/// <summary>What the stage tells the swap loop, which writes it down.</summary>
internal abstract record StageEvent(ModelTicket Ticket)
{
    /// <summary>The candidate goes beside the model in use.</summary>
    internal sealed record Shadowing(ModelTicket Ticket) : StageEvent(Ticket);

    /// <summary>The candidate is to be taken; it goes on beside the model in use until the disk says so.</summary>
    /// <param name="Stored">The id of its calibration, if that is on the disk.</param>
    /// <param name="Made">Its calibration, if that is not on the disk yet.</param>
    internal sealed record Ready(ModelTicket Ticket, string? Stored, CalibrationDraft? Made) : StageEvent(Ticket);

    /// <summary>The candidate is gone.</summary>
    internal sealed record NotTaken(ModelTicket Ticket, string Why) : StageEvent(Ticket);

    /// <summary>It decides from now on.</summary>
    internal sealed record Activated(ModelTicket Ticket) : StageEvent(Ticket);

    /// <summary>It has scored for long enough that the start was a good one.</summary>
    internal sealed record Steady(ModelTicket Ticket) : StageEvent(Ticket);

    /// <summary>Its probation is over; the model before it is freed.</summary>
    internal sealed record Proven(ModelTicket Ticket) : StageEvent(Ticket);

    /// <summary>It broke a rule of its probation.</summary>
    /// <param name="Calibration">The id of the calibration that is in use again.</param>
    /// <param name="Live">The model before it decides already; else only a restart of the pipeline brings it back.</param>
    /// <param name="Refuse">It is not to be taken again unasked.</param>
    internal sealed record WentBack(ModelTicket Ticket, string Why, string? Calibration, bool Live, bool Refuse) : StageEvent(Ticket);
}
