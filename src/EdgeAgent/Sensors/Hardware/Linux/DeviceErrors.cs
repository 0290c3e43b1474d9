using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware.Linux;

/// <summary>What the kernel's error numbers say about a device (errno.h; for I2C the kernel's Documentation/i2c/fault-codes).</summary>
internal static class DeviceErrors
{
    private const int NotPermitted = 1;
    private const int NoEntry = 2;
    private const int NoAddress = 6;
    private const int TryAgain = 11;
    private const int NoAccess = 13;
    private const int Busy = 16;
    private const int NoDevice = 19;
    private const int NotADirectory = 20;
    private const int ReadOnlyFiles = 30;
    private const int NoData = 61;
    private const int BadMessage = 74;
    private const int TimedOut = 110;
    private const int RemoteIo = 121;

    /// <param name="error">An errno.</param>
    /// <param name="path">The file that it is about.</param>
    public static ReadFault Fault(int error, string path) => error switch
    {
        NoEntry or NoDevice or NotADirectory => new ReadFault(ReadFaultKind.Absent, $"{path}: {Text(error)}"),
        NotPermitted or NoAccess => new ReadFault(ReadFaultKind.PermissionDenied, $"{path}: {Text(error)}; {FileGroup.Advice(path)}"),
        ReadOnlyFiles => new ReadFault(ReadFaultKind.PermissionDenied, $"{path}: {Text(error)}"),
        NoAddress or RemoteIo => new ReadFault(ReadFaultKind.NoAnswer, $"{path}: nothing acknowledges ({Text(error)})"),
        TimedOut => new ReadFault(ReadFaultKind.Timeout, $"{path}: {Text(error)}"),
        BadMessage => new ReadFault(ReadFaultKind.BadChecksum, $"{path}: {Text(error)}"),
        TryAgain or NoData => new ReadFault(ReadFaultKind.NotReady, $"{path}: {Text(error)}"),
        Busy => new ReadFault(ReadFaultKind.BusError, $"{path}: {Text(error)}; a kernel driver or another program holds it"),
        _ => new ReadFault(ReadFaultKind.BusError, $"{path}: {Text(error)}"),
    };

    private static string Text(int error) => Libc.Describe(error);
}
