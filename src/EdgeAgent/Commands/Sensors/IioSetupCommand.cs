using System.CommandLine;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Iio;

namespace EdgeAgent.Commands.Sensors;

/// <summary>`edgeagent iio-setup`: switches the buffers on that a config names. Started by edgeagent-iio@.service, because the agent itself may not write below /sys.</summary>
internal static class IioSetupCommand
{
    public static Command Create()
    {
        var config = SharedOptions.Config();
        var device = new Option<string?>("--device") { Description = "Only this device, e.g. iio:device0. Default: all that the config names.", HelpName = "NAME" };
        var command = new Command("iio-setup", "Sets up the IIO buffers that a config names, as far as their devices are there. Needs the right to write below /sys.") { config, device };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(config)!, parsed.GetValue(device)));
        return command;
    }

    /// <returns>Done also where nothing was to be done, or a device is not there yet; failed if a buffer cannot be set up.</returns>
    private static async Task<int> RunAsync(string file, string? device)
    {
        if (await ConfigFromCommandLine.LoadAsync(file, ConfigUse.Offline).ConfigureAwait(false) is not { } config)
        {
            return ExitCodes.BadInput;
        }

        var failed = false;
        var sensors = config.Options.Source is HardwareSourceOptions hardware ? hardware.Sensors.OfType<IioSensorOptions>().Where(sensor => sensor.Buffer is not null) : [];
        foreach (var sensor in sensors)
        {
            var setup = new IioBufferSetup(sensor, "/sys");
            IReadOnlyList<string> changed = [];
            var fault = setup.Find(out var folder);
            if (device is not null && Path.GetFileName(folder) != device)
            {
                continue;
            }

            fault ??= setup.Apply(folder, out changed);
            failed |= fault is not (null or { Kind: ReadFaultKind.Absent });
            var said = fault?.Why ?? (changed.Count == 0 ? $"{folder} is set up already" : $"{folder} is set up: {string.Join(' ', changed)}");
            await (fault is null ? Console.Out : Console.Error).WriteLineAsync($"sensor {sensor.Name}: {said}").ConfigureAwait(false);
        }

        return failed ? ExitCodes.Failed : ExitCodes.Done;
    }
}
