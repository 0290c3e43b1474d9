using EdgeAgent.Sensors.Hardware.I2c;

namespace EdgeAgent.Tests.Sensors.Hardware.I2c;

/// <summary>Opens the kernel's adapter on a kernel in memory. The file that it opens is a real one, because opening is not what is replaced.</summary>
internal static class KernelBuses
{
    public static II2cBus Open(FakeI2cKernel kernel, Dictionary<byte, FakeI2cChip> chips)
    {
        foreach (var (address, chip) in chips)
        {
            kernel.Chips[address] = chip;
        }

        Assert.Null(I2cKernelBus.Open("/dev/null", kernel.Control, out var bus));
        return bus!;
    }
}
