namespace EdgeAgent.Sensors.Simulation;

/// <summary>What is true of the simulated pump at one moment, before any sensor sees it.</summary>
/// <param name="FlowLpm">Water through the flow meter.</param>
/// <param name="PressureBar">Gauge pressure between the pump and the discharge valve.</param>
/// <param name="Vibration1G">RMS acceleration at the motor's bearing.</param>
/// <param name="Vibration2G">RMS acceleration at the pump's casing.</param>
/// <param name="FluidC">Temperature of the water in the pump's casing.</param>
internal readonly record struct PumpState(
    double FlowLpm,
    double PressureBar,
    double CurrentA,
    double Vibration1G,
    double Vibration2G,
    double MotorC,
    double FluidC,
    double VoltageV,
    double SpeedRpm,
    double LevelM,
    double TorqueNm,
    double PowerW,
    double AmbientC);
