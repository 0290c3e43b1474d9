using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Gpio;

/// <summary>
/// Finds lines among the chips that the kernel numbers as it likes: the header of a Raspberry Pi 4 is on gpiochip0 and that of a Pi 5 on
/// gpiochip0 or gpiochip4, but its lines have the same names.
/// </summary>
/// <param name="devices">/dev.</param>
internal sealed class GpioKernelLines(string devices, DeviceControl control)
{
    private const string Prefix = "gpiochip";

    public ReadFault? Open(GpioLineRequest request, out IGpioLine? line)
    {
        line = null;
        var chips = new List<GpioKernelChip>();
        try
        {
            var fault = OpenAll(request.Chip is ['/', ..] path ? [path] : Paths(), chips);
            var named = chips.Where(chip => request.Chip is null or ['/', ..] || request.Chip == chip.Name || request.Chip == chip.Label).ToList();
            var having = named
                .Select(chip => (Chip: chip, Offset: request.Line is { } name ? chip.Find(name) : request.Offset < chip.Lines ? request.Offset : null))
                .Where(found => found.Offset is not null)
                .ToList();
            return having.Count == 1 ? having[0].Chip.Take(request, having[0].Offset!.Value, out line)
                : having.Count > 1 ? Several(request, having.Select(found => found.Chip))
                : fault ?? (named.Count == 0 ? NoChip(request, chips) : NoLine(request, named));
        }
        finally
        {
            chips.ForEach(chip => chip.Dispose());
        }
    }

    /// <returns>Why one of them could not be opened.</returns>
    private ReadFault? OpenAll(IEnumerable<string> paths, List<GpioKernelChip> chips)
    {
        ReadFault? first = null;
        foreach (var path in paths)
        {
            var fault = GpioKernelChip.Open(path, control, out var chip);
            first ??= fault;
            if (chip is null)
            {
                continue;
            }

            // Some systems have a second name for one chip.
            if (chips.Any(known => known.Name == chip.Name))
            {
                chip.Dispose();
            }
            else
            {
                chips.Add(chip);
            }
        }

        return first;
    }

    private IEnumerable<string> Paths() => Directory.EnumerateFiles(devices, Prefix + "*").Order(StringComparer.Ordinal);

    private ReadFault NoChip(GpioLineRequest request, List<GpioKernelChip> chips) => new(
        ReadFaultKind.Absent,
        request.Chip is null || chips.Count == 0 ? $"{devices}: there is no {Prefix}; has this device GPIO, and is its driver loaded?"
            : $"{devices}: no GPIO chip is called {request.Chip}, only {string.Join(", ", chips)}");

    private static ReadFault NoLine(GpioLineRequest request, List<GpioKernelChip> chips) => new(
        ReadFaultKind.Absent,
        request.Line is { } name ? $"{string.Join(", ", chips)}: no line is called {name}; gpioinfo shows those that there are"
            : $"{string.Join(", ", chips)}: has no line {request.Offset}, only 0..{chips.Max(chip => chip.Lines) - 1}");

    private static ReadFault Several(GpioLineRequest request, IEnumerable<GpioKernelChip> chips) => new(
        ReadFaultKind.WrongId, $"{string.Join(" and ", chips)} have a line {request.Name}; name the chip that is meant, by its path if need be");
}
