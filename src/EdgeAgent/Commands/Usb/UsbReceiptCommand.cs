using System.CommandLine;
using EdgeAgent.Configuration;
using EdgeAgent.Usb;

namespace EdgeAgent.Commands.Usb;

/// <summary>
/// `edgeagent usb-receipt`: tells the technician on the stick what became of its packages. Started twice by
/// edgeagent-usb-receipt@.service: first to wait for the verdicts, while the stick is not mounted; then to write them.
/// </summary>
internal static class UsbReceiptCommand
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(10);

    public static Command Create()
    {
        var config = SharedOptions.Config();
        var data = SharedOptions.DataDir();
        var stick = new Option<string>("--stick") { Description = "Under which name it was mounted.", Required = true, HelpName = "NAME" };
        var wait = new Option<string?>("--wait") { Description = "How long to wait for the verdicts. Default: 10m.", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "Write the receipt into this folder, with what is known now. Without it: only wait.", HelpName = "DIR" };
        var command = new Command("usb-receipt", "Waits for the verdicts on a stick's packages, or writes them on it. Started by systemd.") { config, data, stick, wait, to };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetValue(config)!, parsed.GetValue(data), parsed.GetValue(stick)!, parsed.GetValue(wait), parsed.GetValue(to), stop));
        return command;
    }

    /// <returns>Failed also where there is nothing to write or it is not allowed: the stick is then not mounted for writing.</returns>
    private static async Task<int> RunAsync(string configFile, string? dataDirectory, string stick, string? wait, string? to, CancellationToken stop)
    {
        if (await ConfigFromCommandLine.LoadAsync(configFile, ConfigUse.Offline).ConfigureAwait(false) is not { } config)
        {
            return ExitCodes.BadInput;
        }

        if ((wait is null ? DefaultPatience : Durations.Parse(wait)) is not { } patience)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--wait: found {wait}, allowed: {Durations.Allowed}").ConfigureAwait(false);
        }

        if (!config.Options.Usb.Receipts)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"stick {stick}: no receipt, for the config does not allow them (/usb/receipts)").ConfigureAwait(false);
        }

        var data = SharedOptions.DataDirectoryOf(config, dataDirectory);
        if (new StickNoteFile(data, stick).TryRead() is not { } note || note.Reports.Count == 0)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"stick {stick}: no receipt, for it held no packages").ConfigureAwait(false);
        }

        var verdicts = new StickVerdicts(data, note, TimeProvider.System);
        if (to is null)
        {
            try
            {
                _ = await verdicts.WaitAsync(patience, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // systemd ends the unit because the stick is gone, which is no failure.
            }

            return ExitCodes.Done;
        }

        var options = config.Options;
        var file = ReceiptText.FileName(options.Device);
        try
        {
            ReceiptFile.Write(to, file, ReceiptText.Write(options.Site, options.Device, options.Machine.Id, TimeProvider.System.GetUtcNow(), verdicts.Now()));
            await Console.Out.WriteLineAsync($"stick {stick}: wrote {file}").ConfigureAwait(false);
            return ExitCodes.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"stick {stick}: no receipt: {e.Message}").ConfigureAwait(false);
        }
    }
}
