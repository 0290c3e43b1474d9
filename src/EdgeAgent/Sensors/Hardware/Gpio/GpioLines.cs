using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Gpio;

/// <summary>The lines that this computer has.</summary>
internal static class GpioLines
{
    public static GpioKernelLines OfThisDevice { get; } = new("/dev", Libc.Control);
}
