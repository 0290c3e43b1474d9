using System.Globalization;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Iio;

/// <summary>An attribute that a buffer needs before it gives samples.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Text">What is written into it.</param>
/// <param name="Fits">Whether what it says is right already.</param>
internal sealed record IioSetting(string Path, string Text, Func<string, bool> Fits)
{
    /// <summary>A rate that a driver rounds to what its chip has is the one that is meant.</summary>
    private const double RateTolerance = 0.02;

    public static IioSetting Exactly(string path, string text) => new(path, text, found => found == text);

    public static IioSetting AtLeast(string path, int number) => new(path, Written(number), found => Read(found) >= number);

    public static IioSetting Rate(string path, double hz) => new(path, Written(hz), found => Math.Abs(Read(found) - hz) <= RateTolerance * hz);

    public ReadFault? Check(out bool fits)
    {
        var fault = SysfsFile.Read(Path, out var found);
        fits = fault is null && Fits(found);
        return fault;
    }

    public ReadFault? Write() => SysfsFile.Write(Path, Text);

    /// <summary>As an administrator would write it, below the device's folder.</summary>
    public string Shown(string folder) => $"{System.IO.Path.GetRelativePath(folder, Path)}={Text}";

    private static string Written(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private static double Read(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
