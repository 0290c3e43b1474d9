namespace EdgeAgent.Sensors.Simulation;

/// <summary>Where the pump's curve meets the loop's.</summary>
/// <param name="PumpFlowLpm">Through the impeller.</param>
/// <param name="MeterFlowLpm">Through the flow meter: what has not leaked away.</param>
/// <param name="DischargeHeadM">Gauge head behind the pump, in metres of water.</param>
/// <param name="SuctionHeadM">Gauge head before the pump, in metres of water.</param>
internal readonly record struct OperatingPoint(double PumpFlowLpm, double MeterFlowLpm, double DischargeHeadM, double SuctionHeadM);
