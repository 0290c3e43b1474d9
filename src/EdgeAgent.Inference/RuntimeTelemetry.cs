using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeAgent.Inference;

/// <summary>
/// ONNX Runtime reports its use to its maker unless it is told not to: it makes a device id and a database in the user's cache folder, and sends them
/// out when it can. An agent on a factory floor speaks to its broker and to nobody else. The library reads the C environment when it is loaded, and
/// that is not the one that .NET's SetEnvironmentVariable changes.
/// </summary>
internal static partial class RuntimeTelemetry
{
    private const string Switch = "ORT_DISABLE_TELEMETRY";

    /// <summary>Before anything of this assembly can load the library.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Whoever loads the library must not be able to forget it.")]
    internal static void TurnOff()
    {
        if (OperatingSystem.IsLinux() && SetEnvironment(Switch, "1", overwrite: 1) != 0)
        {
            throw new InvalidOperationException($"{Switch} cannot be set (errno {Marshal.GetLastPInvokeError()})");
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
