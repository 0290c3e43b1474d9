using System.CommandLine;
using EdgeAgent.Usb;

namespace EdgeAgent.Commands.Usb;

/// <summary>`edgeagent usb-intake`: copies the packages of one stick to where the agent looks for them. Started by edgeagent-usb@.service.</summary>
internal static class UsbIntakeCommand
{
    public static Command Create()
    {
        var mount = new Option<string>("--mount") { Description = "Where the stick is mounted.", Required = true, HelpName = "DIR" };
        var data = SharedOptions.DataDir();
        var command = new Command("usb-intake", "Copies the model packages of a mounted stick for the agent to judge. Started by systemd.") { mount, data };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(mount)!, parsed.GetValue(data) ?? SharedOptions.DefaultDataDirectory, stop));
        return command;
    }

    /// <returns>Done also where nothing was to be done; failed if a package could not be copied.</returns>
    private static async Task<int> RunAsync(string mount, string dataDirectory, CancellationToken stop)
    {
        foreach (var (option, folder) in ((string, string)[])[("--mount", mount), ("--data-dir", dataDirectory)])
        {
            if (!Directory.Exists(folder))
            {
                return await SharedOptions.FailAsync(ExitCodes.BadInput, $"{option}: found {folder} (no such folder), allowed: a folder").ConfigureAwait(false);
            }
        }

        try
        {
            var note = new StickNoteFile(dataDirectory, Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(mount))));
            note.Forget();
            var at = TimeProvider.System.GetUtcNow();
            var reports = new List<IntakeReport>();
            foreach (var report in StickIntake.Into(dataDirectory).Take(mount, stop))
            {
                reports.Add(report);
                await (report.IsFailure ? Console.Error : Console.Out).WriteLineAsync($"stick {mount}: {report}").ConfigureAwait(false);
            }

            if (reports.Count == 0)
            {
                await Console.Out.WriteLineAsync($"stick {mount}: no {StickFolder.Name}/*.eapkg on it; nothing to do").ConfigureAwait(false);
                return ExitCodes.Done;
            }

            note.Write(new StickNote(at, reports));
            return reports.Exists(report => report.IsFailure) ? ExitCodes.Failed : ExitCodes.Done;
        }
        catch (OperationCanceledException)
        {
            // Most often systemd, because the stick is gone: its unit is bound to it.
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"stick {mount}: not taken: stopped before it was done, as when a stick is pulled; nothing half copied is kept").ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"stick {mount}: {e.Message}").ConfigureAwait(false);
        }
    }
}
