using System.Globalization;
using System.Text.RegularExpressions;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.SystemDevice;

/// <summary>What the exceptions of System.Device.Gpio and Iot.Device.Bindings say about a device. They name the system's error number in their text.</summary>
internal static partial class SystemDeviceErrors
{
    /// <summary>Anything else is a bug.</summary>
    public static bool Knows(Exception e) =>
        e is IOException or TimeoutException or UnauthorizedAccessException or InvalidOperationException or NotSupportedException or DllNotFoundException;

    /// <param name="path">The file that it is about.</param>
    public static ReadFault Fault(Exception e, string path) => e switch
    {
        BusException { Fault: var fault } => fault,
        TimeoutException => new ReadFault(ReadFaultKind.Timeout, $"{path}: {OneLine(e)}"),
        UnauthorizedAccessException => new ReadFault(ReadFaultKind.PermissionDenied, $"{path}: {OneLine(e)}; {FileGroup.Advice(path)}"),
        DllNotFoundException or NotSupportedException => new ReadFault(ReadFaultKind.Refused, $"{path}: {OneLine(e)}"),
        _ when Number().Match(e.Message) is { Success: true } number => DeviceErrors.Fault(int.Parse(number.Groups[1].ValueSpan, CultureInfo.InvariantCulture), path),
        _ when e.Message.StartsWith("Unable to find a chip with id", StringComparison.Ordinal) => new ReadFault(ReadFaultKind.WrongId, $"{path}: {OneLine(e)}"),
        InvalidOperationException => new ReadFault(ReadFaultKind.BadData, $"{path}: {OneLine(e)}"),
        _ => new ReadFault(ReadFaultKind.BusError, $"{path}: {OneLine(e)}"),
    };

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ");

    [GeneratedRegex("^Error ([0-9]{1,4})\\b", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
