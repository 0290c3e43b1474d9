using System.Globalization;
using System.Text;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware.Linux;

/// <summary>One value in a text file of the kernel's. Opened for each reading, by the system's own calls: their error numbers say what the bus said.</summary>
internal static class SysfsFile
{
    private const int LongestNumber = 64;

    /// <returns>null when <paramref name="value"/> is what the file says.</returns>
    public static unsafe ReadFault? ReadNumber(string path, out double value)
    {
        value = double.NaN;
        var file = Libc.Open(path, Libc.ReadOnly | Libc.CloseOnExec);
        if (file < 0)
        {
            return DeviceErrors.Fault(Libc.LastError, path);
        }

        var bytes = stackalloc byte[LongestNumber];
        var length = Libc.Read(file, bytes, LongestNumber);
        var error = Libc.LastError;
        _ = Libc.Close(file);
        if (length < 0)
        {
            return DeviceErrors.Fault(error, path);
        }

        var text = Encoding.ASCII.GetString(bytes, (int)length).Trim();
        return text.Length == 0 ? new ReadFault(ReadFaultKind.ShortRead, $"{path}: is empty")
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) ? null
            : new ReadFault(ReadFaultKind.BadData, $"{path}: \"{text}\" is no number");
    }
}
