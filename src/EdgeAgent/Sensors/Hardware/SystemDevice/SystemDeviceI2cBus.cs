using System.Device.I2c;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.I2c;

namespace EdgeAgent.Sensors.Hardware.SystemDevice;

/// <summary>A bus through System.Device.Gpio. It opens a device per address, and does not ask whether a kernel driver holds the chip.</summary>
/// <param name="path">What faults call it.</param>
/// <param name="create">Opens the device at an address.</param>
internal sealed class SystemDeviceI2cBus(string path, Func<byte, I2cDevice> create) : II2cBus
{
    private readonly Dictionary<byte, I2cDevice> _devices = [];

    /// <summary>Does not fail: a bus that is not there is told by the first transfer.</summary>
    public static ReadFault? Open(int number, out II2cBus? bus)
    {
        bus = new SystemDeviceI2cBus($"/dev/i2c-{number}", address => I2cDevice.Create(new I2cConnectionSettings(number, address)));
        return null;
    }

    public ReadFault? Transfer(byte address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        try
        {
            if (!_devices.TryGetValue(address, out var device))
            {
                _devices[address] = device = create(address);
            }

            if (read.IsEmpty)
            {
                device.Write(write);
            }
            else if (write.IsEmpty)
            {
                device.Read(read);
            }
            else
            {
                device.WriteRead(write, read);
            }

            return null;
        }
        catch (Exception e) when (SystemDeviceErrors.Knows(e))
        {
            return SystemDeviceErrors.Fault(e, path);
        }
    }

    public void Dispose()
    {
        foreach (var device in _devices.Values)
        {
            device.Dispose();
        }

        _devices.Clear();
    }
}
