using System.Globalization;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Modbus;

/// <summary>
/// A serial line or a TCP connection. Several sensors may share it: on a wire one speaks at a time. Thread-safe. It is connected when it is
/// needed, and anew after whatever leaves in doubt where the next answer begins.
/// </summary>
internal sealed class ModbusLine
{
    private readonly Lock _lock = new();
    private readonly string? _path;
    private readonly Func<ModbusHandle> _make;
    private ModbusHandle? _context;

    public ModbusLine(ModbusTcpOptions tcp)
    {
        Name = $"{tcp.Host}:{tcp.Port}";
        _make = () => LibModbus.NewTcp(tcp.Host, tcp.Port.ToString(CultureInfo.InvariantCulture));
    }

    public ModbusLine(ModbusSerialOptions serial)
    {
        Name = _path = serial.Device;
        var parity = serial.Parity switch { SerialParity.Even => (byte)'E', SerialParity.Odd => (byte)'O', _ => (byte)'N' };
        _make = () => LibModbus.NewRtu(serial.Device, serial.Baud, parity, 8, serial.StopBits);
    }

    /// <summary>What problems call it.</summary>
    public string Name { get; }

    /// <summary>Makes sure that it is connected.</summary>
    public ReadFault? Connect(TimeSpan timeout)
    {
        lock (_lock)
        {
            return Ready(timeout);
        }
    }

    /// <summary>Reads one or two registers, or one bit.</summary>
    /// <param name="registers">Is filled; of a bit the first one is 0 or 1.</param>
    public ReadFault? Read(int unit, TimeSpan timeout, ModbusTable table, int address, Span<ushort> registers)
    {
        lock (_lock)
        {
            var fault = Ready(timeout) ?? Ask(_context!, unit, table, address, registers);
            if (fault is not null and not { Kind: ReadFaultKind.Refused })
            {
                Disconnect();
            }

            return fault;
        }
    }

    public void Disconnect()
    {
        lock (_lock)
        {
            _context?.Dispose();
            _context = null;
        }
    }

    private ReadFault? Ready(TimeSpan timeout)
    {
        var isNew = _context is null;
        try
        {
            _context ??= _make();
        }
        catch (DllNotFoundException)
        {
            return new ReadFault(ReadFaultKind.Absent, $"{Name}: Modbus needs libmodbus.so.5, which is not installed: sudo apt-get install libmodbus5");
        }

        if (_context.IsInvalid)
        {
            return Fault();
        }

        _ = LibModbus.SetTimeout(_context, (uint)timeout.Seconds + (60 * (uint)timeout.Minutes), (uint)(timeout.Ticks % TimeSpan.TicksPerSecond / 10));
        if (isNew && LibModbus.Connect(_context) < 0)
        {
            return Fault();
        }

        // What an earlier question left on the line is no answer to the next.
        _ = isNew ? LibModbus.Flush(_context) : 0;
        return null;
    }

    private unsafe ReadFault? Ask(ModbusHandle context, int unit, ModbusTable table, int address, Span<ushort> registers)
    {
        if (LibModbus.SetUnit(context, unit) < 0)
        {
            return new ReadFault(ReadFaultKind.BadData, $"{Name}: unit {unit} is not possible on this line");
        }

        byte bit = 0;
        int got;
        fixed (ushort* place = registers)
        {
            got = table switch
            {
                ModbusTable.Holding => LibModbus.ReadHolding(context, address, registers.Length, place),
                ModbusTable.Input => LibModbus.ReadInput(context, address, registers.Length, place),
                ModbusTable.Coil => LibModbus.ReadCoils(context, address, 1, &bit),
                _ => LibModbus.ReadDiscrete(context, address, 1, &bit),
            };
        }

        if (got < 0)
        {
            return ModbusErrors.Fault(Libc.LastError, $"{Name} unit {unit}, {table.ToString().ToLowerInvariant()} {address}", _path);
        }

        if (table is ModbusTable.Coil or ModbusTable.Discrete)
        {
            registers[0] = bit;
        }

        return null;
    }

    /// <summary>The line itself cannot be had.</summary>
    private ReadFault Fault()
    {
        var fault = ModbusErrors.Fault(Libc.LastError, Name, _path);
        Disconnect();
        return fault;
    }
}
