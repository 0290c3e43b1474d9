using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Gpio;

namespace EdgeAgent.Sensors.Hardware.SystemDevice;

/// <summary>Lines through System.Device.Gpio, which knows them by their number on a chip, debounces nothing, and stamps edges when it hears of them.</summary>
internal sealed class SystemDeviceGpioLines(Func<IEnumerable<GpioChipInfo>> chips, Func<GpioChipInfo, GpioDriver> driver)
{
    private const string Devices = "/dev/";

    /// <summary>By libgpiod, which must be installed.</summary>
    public static SystemDeviceGpioLines OfThisDevice { get; } = new(LibGpiodV2Driver.GetAvailableChips, chip => new LibGpiodV2Driver(chip));

    public ReadFault? Open(GpioLineRequest request, out IGpioLine? line)
    {
        line = null;
        if (Lacks(request) is { } lack)
        {
            return new ReadFault(ReadFaultKind.Refused, $"{Devices}gpiochip*: System.Device.Gpio {lack}; source.adapter kernel does");
        }

        try
        {
            var there = chips().ToList();
            var named = there.Where(chip => request.Chip == chip.Name || request.Chip == chip.Label || request.Chip == Devices + chip.Name).ToList();
            if (named.Count != 1)
            {
                return named.Count == 0
                    ? new ReadFault(ReadFaultKind.Absent, $"{Devices}: no GPIO chip is called {request.Chip}, only {string.Join(", ", there.Select(Named))}")
                    : new ReadFault(ReadFaultKind.WrongId, $"{string.Join(" and ", named.Select(Named))} are called {request.Chip}; name the one that is meant by its path");
            }

            if (request.Offset >= named[0].NumLines)
            {
                return new ReadFault(ReadFaultKind.Absent, $"{Named(named[0])}: has no line {request.Offset}, only 0..{named[0].NumLines - 1}");
            }

            line = SystemDeviceGpioLine.Take(driver(named[0]), request, Devices + named[0].Name);
            return null;
        }
        catch (Exception e) when (SystemDeviceErrors.Knows(e))
        {
            return SystemDeviceErrors.Fault(e, Devices + request.Chip);
        }
    }

    private static string? Lacks(GpioLineRequest request) =>
        request.Offset is null || request.Chip is null ? "finds no line by its name, only by chip and offset"
        : request.Debounce > TimeSpan.Zero ? "cannot debounce"
        : request.Bias == GpioBias.None ? "cannot switch a bias off"
        : null;

    private static string Named(GpioChipInfo chip) => $"{chip.Name} [{chip.Label}]";
}
