using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Modbus;

/// <summary>What libmodbus' error numbers say: its own begin at 112345678 with the exceptions of the protocol, the others are the system's.</summary>
internal static class ModbusErrors
{
    private const int Own = 112_345_678;
    private const int LastException = Own + 11;
    private const int BadChecksum = Own + 12;
    private const int BadData = Own + 13;
    private const int BadUnit = Own + 17;

    private const int NetworkDown = 101;
    private const int ConnectionReset = 104;
    private const int TimedOut = 110;
    private const int ConnectionRefused = 111;
    private const int NoRoute = 113;

    /// <param name="line">The line's device, or host and port.</param>
    /// <param name="path">The line's device; null over TCP.</param>
    public static ReadFault Fault(int error, string line, string? path) => error switch
    {
        > Own and <= LastException => Of(ReadFaultKind.Refused, error, line),
        BadChecksum => Of(ReadFaultKind.BadChecksum, error, line),
        BadData => Of(ReadFaultKind.ShortRead, error, line),
        BadUnit => Of(ReadFaultKind.WrongId, error, line),
        > Own => Of(ReadFaultKind.BadData, error, line),
        TimedOut => Of(ReadFaultKind.Timeout, error, line),
        ConnectionRefused or NoRoute or NetworkDown => Of(ReadFaultKind.NoAnswer, error, line),
        ConnectionReset => Of(ReadFaultKind.BusError, error, line),
        _ when path is not null => DeviceErrors.Fault(error, path),
        _ => Of(ReadFaultKind.BusError, error, line),
    };

    private static ReadFault Of(ReadFaultKind kind, int error, string line) => new(kind, $"{line}: {LibModbus.Describe(error)}");
}
