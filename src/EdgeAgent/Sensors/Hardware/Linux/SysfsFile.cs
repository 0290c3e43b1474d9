using System.Globalization;
using System.Text;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware.Linux;

/// <summary>One value in a text file of the kernel's. Opened for each reading, by the system's own calls: their error numbers say what the bus said.</summary>
internal static class SysfsFile
{
    private const int LongestText = 256;

    /// <returns>null when <paramref name="value"/> is what the file says.</returns>
    public static ReadFault? ReadNumber(string path, out double value)
    {
        value = double.NaN;
        return Read(path, out var text) is { } fault ? fault
            : text.Length == 0 ? new ReadFault(ReadFaultKind.ShortRead, $"{path}: is empty")
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) ? null
            : new ReadFault(ReadFaultKind.BadData, $"{path}: \"{text}\" is no number");
    }

    /// <param name="text">What the file says, without the end of its line.</param>
    public static unsafe ReadFault? Read(string path, out string text)
    {
        text = "";
        var file = Libc.Open(path, Libc.ReadOnly | Libc.CloseOnExec);
        if (file < 0)
        {
            return DeviceErrors.Fault(Libc.LastError, path);
        }

        var bytes = stackalloc byte[LongestText];
        var length = Libc.Read(file, bytes, LongestText);
        var error = Libc.LastError;
        _ = Libc.Close(file);
        if (length < 0)
        {
            return DeviceErrors.Fault(error, path);
        }

        text = Encoding.ASCII.GetString(bytes, (int)length).Trim();
        return null;
    }

    /// <summary>Sets an attribute. The kernel takes it, or refuses it, with the one write.</summary>
    public static unsafe ReadFault? Write(string path, string text)
    {
        var file = Libc.Open(path, Libc.WriteOnly | Libc.Truncate | Libc.CloseOnExec);
        if (file < 0)
        {
            return DeviceErrors.Fault(Libc.LastError, path);
        }

        var bytes = Encoding.ASCII.GetBytes(text);
        nint written;
        fixed (byte* first = bytes)
        {
            written = Libc.Write(file, first, (nuint)bytes.Length);
        }

        var error = Libc.LastError;
        _ = Libc.Close(file);
        return written < 0 ? DeviceErrors.Fault(error, path) : null;
    }
}
