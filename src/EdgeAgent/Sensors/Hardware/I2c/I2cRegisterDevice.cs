using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.I2c;

/// <summary>Any I2C chip by the registers of its data sheet. Opening checks which chip it is and writes its settings.</summary>
internal sealed class I2cRegisterDevice(I2cSensorOptions options, I2cBusOpener open) : ISensorDevice
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(1);

    private readonly byte _address = HexBytes.Parse(options.Address)[0];
    private readonly I2cRegister[] _registers = [.. options.Readings.Select(reading => new I2cRegister(options, reading.Register, reading.Bytes))];
    private II2cBus? _bus;

    public ReadFault? Open()
    {
        Dispose();
        return open(options.Bus, out _bus) ?? Identify() ?? Write(options.Init);
    }

    public ReadFault? Read(Span<double> values)
    {
        var fault = Write(options.Before) ?? WaitUntilReady();
        for (var i = 0; i < _registers.Length && fault is null; i++)
        {
            fault = _registers[i].Read(_bus!, _address, out var data);
            values[i] = fault is null ? options.Readings[i].Layout.Decode(data) : double.NaN;
        }

        return fault;
    }

    public void Dispose()
    {
        _bus?.Dispose();
        _bus = null;
    }

    private ReadFault? Identify()
    {
        if (options.ChipId is not { } id)
        {
            return null;
        }

        var fault = new I2cRegister(options, id.Register, HexBytes.Parse(id.Value).Length).Read(_bus!, _address, out var data);
        var found = HexBytes.Format(data);
        return fault ?? (found.Equals(id.Value, StringComparison.OrdinalIgnoreCase) ? null
            : new ReadFault(ReadFaultKind.WrongId, $"the chip at {options.Address} on bus {options.Bus} says {found} in register {id.Register}, and should say {id.Value}"));
    }

    private ReadFault? Write(IReadOnlyList<I2cWriteOptions> writes)
    {
        foreach (var one in writes)
        {
            if (_bus!.Transfer(_address, HexBytes.Parse(one.Write), []) is { } fault)
            {
                return fault;
            }

            KernelPause.For(TimeSpan.FromSeconds(one.WaitSeconds));
        }

        return null;
    }

    private ReadFault? WaitUntilReady()
    {
        if (options.Ready is not { } ready)
        {
            return null;
        }

        var register = new I2cRegister(options, ready.Register, bytes: 1);
        for (var waited = TimeSpan.Zero; waited < TimeSpan.FromSeconds(ready.TimeoutSeconds); waited += BetweenLooks)
        {
            if (register.Read(_bus!, _address, out var data) is { } fault)
            {
                return fault;
            }

            if (((data[0] >> ready.Bit & 1) == 1) == ready.Value)
            {
                return null;
            }

            KernelPause.For(BetweenLooks);
        }

        return new ReadFault(ReadFaultKind.NotReady,
            $"the chip at {options.Address} on bus {options.Bus} did not say within {ready.TimeoutSeconds} s in bit {ready.Bit} of register {ready.Register} that a reading is ready");
    }
}
