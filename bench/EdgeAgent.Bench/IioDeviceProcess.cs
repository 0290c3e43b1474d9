using System.Diagnostics;
using System.Globalization;

namespace EdgeAgent.Bench;

/// <summary>The fake device of <see cref="IioBench"/> as a process of its own, so that what it costs is not the reader's.</summary>
internal sealed class IioDeviceProcess : IDisposable
{
    private readonly Process _process;

    private IioDeviceProcess(Process process) => _process = process;

    public static IioDeviceProcess Start(string folder, int seconds) => new(Process.Start(new ProcessStartInfo(
        "dotnet", [typeof(IioBench).Assembly.Location, "iio-device", "--dir", folder, "--seconds", seconds.ToString(CultureInfo.InvariantCulture)])
    { RedirectStandardOutput = true })!);

    /// <returns>When its first sample was taken, in nanoseconds of the monotonic clock.</returns>
    public async Task<long> StartedAsync() =>
        long.Parse(await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) ?? throw new IOException("the device's process has ended early"), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
