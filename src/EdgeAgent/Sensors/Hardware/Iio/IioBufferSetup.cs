using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Iio;

/// <summary>
/// Brings a device's buffer to what the config says: channels on, clock, rate, trigger, length, and the buffer itself on. What is so already is left
/// alone, so whoever may write below /sys sets it up once, and an agent that may only read finds it ready.
/// </summary>
internal sealed class IioBufferSetup(IioSensorOptions options, string sysfs)
{
    private const string Devices = "bus/iio/devices";
    private readonly IioBufferOptions _buffer = options.Buffer!;

    /// <summary>Finds the device.</summary>
    public ReadFault? Find(out string folder) =>
        SysfsFolder.Find(options.Path, options.Device, Path.Combine(sysfs, Devices), "", "iio:device", out folder);

    /// <param name="folder">The device's folder.</param>
    /// <param name="changed">What had to be written.</param>
    /// <returns>null when the buffer runs as the config says.</returns>
    public ReadFault? Apply(string folder, out IReadOnlyList<string> changed)
    {
        changed = [];
        var power = IioSetting.Exactly(Path.Combine(folder, "buffer/enable"), "1");
        if ((Channels(folder) ?? power.Check(out _)) is { } fault)
        {
            return fault;
        }

        var settings = Settings(folder);
        var wrong = new List<IioSetting>();
        foreach (var setting in settings)
        {
            if (setting.Check(out var fits) is { } unreadable)
            {
                return unreadable;
            }

            if (!fits)
            {
                wrong.Add(setting);
            }
        }

        _ = power.Check(out var runs);
        if (wrong.Count == 0 && runs)
        {
            return null;
        }

        changed = [.. wrong.Append(power).Select(setting => setting.Shown(folder))];
        return Write(folder, power, wrong, settings);
    }

    /// <summary>A buffer that runs takes no settings, so it is stopped first.</summary>
    private ReadFault? Write(string folder, IioSetting power, List<IioSetting> wrong, IReadOnlyList<IioSetting> settings)
    {
        var fault = SysfsFile.Write(power.Path, "0");
        for (var i = 0; i < wrong.Count && fault is null; i++)
        {
            fault = wrong[i].Write();
        }

        if (fault is null)
        {
            // A chip that collects samples itself wakes the driver so often; how far it can go is the driver's affair, so it is a wish.
            _ = SysfsFile.Write(Path.Combine(folder, "buffer/watermark"), $"{Watermark}");
            fault = power.Write();
        }

        return fault is not { Kind: ReadFaultKind.PermissionDenied } ? fault : new ReadFault(
            ReadFaultKind.PermissionDenied,
            $"{folder}: its buffer is not set up, and this program may not do it; edgeagent-iio@.service does, or as root: edgeagent iio-setup --config FILE, which writes {string.Join(' ', settings.Append(power).Select(setting => setting.Shown(folder)))}");
    }

    private int Watermark => (int)Math.Clamp(_buffer.RateHz * options.BlockSeconds, 1, _buffer.LengthOrDefault / 2);

    private ReadFault? Channels(string folder)
    {
        var switches = SysfsFolder.Files(Path.Combine(folder, "scan_elements"), "*_en").Select(file => Path.GetFileName(file)[..^"_en".Length]).ToList();
        var missing = options.Readings.Select(reading => reading.Attribute).Except(switches).ToList();
        return missing.Count == 0 ? null : new ReadFault(
            ReadFaultKind.Refused,
            $"{folder}: its buffer has no {string.Join(", ", missing)}, only {string.Join(", ", switches.DefaultIfEmpty("nothing: the driver has no buffer, or no trigger is loaded"))}");
    }

    private List<IioSetting> Settings(string folder)
    {
        var settings = options.Readings
            .Select(reading => IioSetting.Exactly(Path.Combine(folder, "scan_elements", reading.Attribute + "_en"), "1"))
            .ToList();
        void WhereThere(IioSetting setting)
        {
            if (File.Exists(setting.Path))
            {
                settings.Add(setting);
            }
        }

        WhereThere(IioSetting.Exactly(Path.Combine(folder, "scan_elements/in_timestamp_en"), "1"));
        WhereThere(IioSetting.Exactly(Path.Combine(folder, "current_timestamp_clock"), "monotonic"));
        if (_buffer.Trigger is { } trigger)
        {
            settings.Add(IioSetting.Exactly(Path.Combine(folder, "trigger/current_trigger"), trigger));
        }

        if (RateFile(folder) is { } rate)
        {
            settings.Add(IioSetting.Rate(rate, _buffer.RateHz));
        }

        settings.Add(IioSetting.AtLeast(Path.Combine(folder, "buffer/length"), _buffer.LengthOrDefault));
        return settings;
    }

    /// <summary>Where the rate is set: at the device, at the channels' type, or at the trigger; null where it cannot be.</summary>
    private string? RateFile(string folder)
    {
        const string Frequency = "sampling_frequency";
        var ofTrigger = _buffer.Trigger is { } trigger && SysfsFolder.Find(null, trigger, Path.Combine(sysfs, Devices), "", "trigger", out var found) is null
            ? Path.Combine(found, Frequency)
            : "";
        return IioQuantity.NamesOf(options.Readings[0].Attribute)
            .Select(name => Path.Combine(folder, $"{name}_{Frequency}"))
            .Prepend(Path.Combine(folder, Frequency))
            .Append(ofTrigger)
            .FirstOrDefault(File.Exists);
    }
}
