using System.CommandLine;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Packages;
using EdgeAgent.Storage;
using EdgeAgent.Systemd;

namespace EdgeAgent.Commands.Models;

/// <summary>`model install`: takes a package file into use, or hands it to the agent that runs.</summary>
internal static class InstallCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A package file (.eapkg)." };
        var keys = KeysOption.Create();
        var data = SharedOptions.DataDir();
        var config = new Option<string?>("--config") { Description = "The device config: the machine type that the package must fit, and where the data directory is.", HelpName = "FILE" };
        var older = new Option<bool>("--allow-older") { Description = "Take it although the device has had a newer one." };
        var again = new Option<bool>("--again") { Description = "Take it although the device went back from it before." };
        var json = SharedOptions.Json();
        var command = new Command("install", "Verifies and tries a package, and makes it the active one of its name; a running agent does so itself.") { file, keys, config, data, older, again, json };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetValue(file)!,
            parsed.GetValue(keys),
            parsed.GetValue(config),
            parsed.GetValue(data),
            (parsed.GetValue(older) ? OperatorWord.Older : OperatorWord.None) | (parsed.GetValue(again) ? OperatorWord.Again : OperatorWord.None),
            parsed.GetValue(json),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(string file, string? keys, string? configFile, string? dataDirectory, OperatorWord word, bool json, CancellationToken stop)
    {
        DeviceConfig? config = null;
        if (configFile is not null && (config = await ConfigFromCommandLine.LoadAsync(configFile, ConfigUse.Run).ConfigureAwait(false)) is null)
        {
            return ExitCodes.BadInput;
        }

        if (!File.Exists(file))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"FILE: found {file} (no such file), allowed: a package file").ConfigureAwait(false);
        }

        var folder = config is not null ? SharedOptions.DataDirectoryOf(config, dataDirectory) : dataDirectory ?? SharedOptions.DefaultDataDirectory;
        using var data = DataDirectory.TryTake(folder, out var taken);
        if (data is null)
        {
            return !Directory.Exists(IncomingFolder.PathIn(folder)) ? await SharedOptions.FailAsync(ExitCodes.BadInput, taken!).ConfigureAwait(false)
                : await HandOver.RunAsync(file, folder, word, json, stop).ConfigureAwait(false);
        }

        if (!KeyFolder.TryRead(KeysOption.Folder(keys, config), out var ring, out var problem))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--keys: {problem}").ConfigureAwait(false);
        }

        using var owned = ring;
        try
        {
            var installer = DeviceStore.Installer(new PackageStore(data.FullPath), ring, config);
            var now = new Moment(TimeProvider.System.GetUtcNow(), ClockSync.IsSynchronized(), TimeSpan.FromMilliseconds(Environment.TickCount64));
            return await TellAsync(file, await installer.InstallAsync(file, word, now, lastSynced: null, stop).ConfigureAwait(false), json).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"{file}: not installed, nothing was changed: {e.Message}").ConfigureAwait(false);
        }
    }

    private static async Task<int> TellAsync(string file, InstallResult result, bool json)
    {
        var verdict = result.Verdict switch
        {
            InstallVerdict.Activated => "activated",
            InstallVerdict.AlreadyActive => "already-active",
            _ => "refused",
        };
        if (json)
        {
            await Console.Out.WriteLineAsync(PackageReport.Of(verdict, result.Package, result.Problem?.ToString(), result.MedianMs).ToJson()).ConfigureAwait(false);
        }

        if (result.Verdict == InstallVerdict.Refused)
        {
            return await SharedOptions.FailAsync(ExitCodes.PackageRefused, $"{file}: refused: {result.Problem}").ConfigureAwait(false);
        }

        if (!json)
        {
            var manifest = result.Package!.Manifest;
            await Console.Out.WriteLineAsync($"{manifest.Name} {manifest.Version}: {verdict}{(result.Older ? ", older than one before" : "")}").ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }
}
