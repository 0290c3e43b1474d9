using System.CommandLine;
using EdgeAgent.Calibrating;
using EdgeAgent.Configuration;
using EdgeAgent.Packages;
using EdgeAgent.Pipeline;
using EdgeAgent.Systemd;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent calibrations`: the versions of the machine's calibration, and which one is in use.</summary>
internal static class CalibrationsCommand
{
    private static readonly Option<string?> Config = new("--config")
    {
        Description = "The device config: where the data directory is, and what a calibration must fit.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Data = SharedOptions.DataDir();
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create() => new("calibrations", "The versions of the machine's calibration.")
    {
        List(), Show(), Compare(), Rollback(), Accept(),
    };

    private static Command List()
    {
        var command = Blank("list", "Every version; * marks the active one.");
        command.SetAction((parsed, _) => WithVersionsAsync(parsed, (versions, _) => versions.ListAsync()));
        return command;
    }

    private static Command Show()
    {
        var id = Id("ID", "Which version.");
        var command = Blank("show", "One version: where it comes from, its thresholds and levels.", id);
        command.SetAction((parsed, _) => WithVersionsAsync(parsed, (versions, _) => versions.ShowAsync(Padded(parsed.GetValue(id))!)));
        return command;
    }

    private static Command Compare()
    {
        var a = Id("A", "One version.");
        var b = Id("B", "The other.");
        var command = Blank("compare", "What differs between two versions, per mode and channel; shifts are in sigma of the older one.", a, b);
        command.SetAction((parsed, _) => WithVersionsAsync(parsed, (versions, _) => versions.CompareAsync(Padded(parsed.GetValue(a))!, Padded(parsed.GetValue(b))!)));
        return command;
    }

    private static Command Rollback()
    {
        var id = Id("ID", "Which version. Default: the one that was active before.");
        id.Arity = ArgumentArity.ZeroOrOne;
        var command = Blank("rollback", "Makes an earlier version the active one.", id);
        command.SetAction((parsed, _) => WithVersionsAsync(parsed, async (versions, config) =>
        {
            if (config is null)
            {
                return await versions.RollbackAsync(Padded(parsed.GetValue(id)), loaded: null).ConfigureAwait(false);
            }

            if (!MachineWatchLoader.TryLoad(config.Options, ModelFolders.AnomalyOf(config, SharedOptions.DataDirectoryOf(config, parsed.GetValue(Data))), out var loaded, out var problem))
            {
                return await SharedOptions.FailAsync(problem.ExitCode, problem.Text).ConfigureAwait(false);
            }

            await using var owned = loaded;
            return await versions.RollbackAsync(Padded(parsed.GetValue(id)), loaded).ConfigureAwait(false);
        }));
        return command;
    }

    private static Command Accept()
    {
        var channels = new Option<string[]>("--channel") { Description = "Only this channel's level; may be given several times. Default: all.", HelpName = "NAME" };
        var command = Blank("accept", "Makes the machine's present level its normal one, as a new version. Thresholds stay.");
        command.Add(channels);
        command.SetAction((parsed, _) => WithVersionsAsync(parsed, (versions, _) =>
            versions.AcceptAsync(parsed.GetValue(channels) ?? [], TimeProvider.System.GetUtcNow(), ClockSync.IsSynchronized())));
        return command;
    }

    /// <summary>A technician types 7 for 0007.</summary>
    private static string? Padded(string? id) => id is { Length: > 0 } && id.All(char.IsAsciiDigit) ? id.PadLeft(4, '0') : id;

    private static Argument<string?> Id(string name, string description) => new(name) { Description = description };

    private static Command Blank(string name, string description, params Argument<string?>[] arguments)
    {
        var command = new Command(name, description) { Config, Data, Json };
        foreach (var argument in arguments)
        {
            command.Add(argument);
        }

        return command;
    }

    private static async Task<int> WithVersionsAsync(ParseResult parsed, Func<CalibrationVersions, DeviceConfig?, Task<int>> act)
    {
        DeviceConfig? config = null;
        if (parsed.GetValue(Config) is { } path)
        {
            config = await ConfigFromCommandLine.LoadAsync(path, ConfigUse.Offline).ConfigureAwait(false);
            if (config is null)
            {
                return ExitCodes.BadInput;
            }
        }

        var folder = config is not null ? SharedOptions.DataDirectoryOf(config, parsed.GetValue(Data))
            : parsed.GetValue(Data) ?? SharedOptions.DefaultDataDirectory;
        if (!Directory.Exists(folder))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"{folder}: no such folder; name the agent's data directory with --data-dir").ConfigureAwait(false);
        }

        return await act(new CalibrationVersions(folder, parsed.GetValue(Json), Console.Out), config).ConfigureAwait(false);
    }
}
