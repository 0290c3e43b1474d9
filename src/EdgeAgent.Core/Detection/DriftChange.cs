namespace EdgeAgent.Core.Detection;

/// <summary>A channel's normal level has left the calibration, came back to it, or was accepted where it is.</summary>
/// <param name="Channel">Index of the channel in the device's order.</param>
/// <param name="Slot">The model's slot that it fills.</param>
/// <param name="Mode">The operating mode; null for a machine without modes.</param>
/// <param name="Level">The slow reference, in the channel's unit.</param>
/// <param name="Calibrated">The level of the calibration that was in use, in the channel's unit.</param>
/// <param name="DeviationSigma">Their difference in standard deviations of the calibration.</param>
/// <param name="Settled">True when it began with an alarm that ended at a new level.</param>
public readonly record struct DriftChange(
    DriftEvent Event, int Channel, int Slot, string? Mode, double Level, double Calibrated, double DeviationSigma, bool Settled);
