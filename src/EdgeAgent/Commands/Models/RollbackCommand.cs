using System.CommandLine;
using EdgeAgent.Packages;
using EdgeAgent.Storage;

namespace EdgeAgent.Commands.Models;

/// <summary>`model rollback`: back to the package before, without asking for its sequence.</summary>
internal static class RollbackCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The package's name, as `model list` shows it." };
        var keys = KeysOption.Create();
        var data = SharedOptions.DataDir();
        var command = new Command("rollback", "Makes the package before the active one again, after verifying it; at last the one that the config names.") { name, keys, data };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(name)!, KeysOption.Folder(parsed.GetValue(keys), config: null), parsed.GetValue(data) ?? SharedOptions.DefaultDataDirectory));
        return command;
    }

    private static async Task<int> RunAsync(string name, string keysFolder, string dataDirectory)
    {
        if (!KeyFolder.TryRead(keysFolder, out var ring, out var problem))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--keys: {problem}").ConfigureAwait(false);
        }

        using var owned = ring;
        using var data = DataDirectory.TryTake(dataDirectory, out var taken);
        if (data is null)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, taken!).ConfigureAwait(false);
        }

        try
        {
            var store = new PackageStore(data.FullPath);
            var slots = store.Names().Contains(name) ? store.Read(name) : PackageSlots.Empty;
            if (slots.Active is null)
            {
                return await SharedOptions.FailAsync(
                    ExitCodes.BadInput, $"NAME: found {name}, allowed: {(store.Names() is { Count: > 0 } names ? string.Join(", ", names) : "nothing, no package was installed")}").ConfigureAwait(false);
            }

            if (slots.LastGood is { } before && !SlotCheck.TryVerify(store.FolderOf(name, before), ring, out _, out problem))
            {
                return await SharedOptions.FailAsync(ExitCodes.PackageRefused, $"{name} {before}: refused: {problem}").ConfigureAwait(false);
            }

            store.Write(name, slots.GoBack(refuse: false));
            await Console.Out.WriteLineAsync($"{name}: {slots.LastGood ?? "the package of the config"} is active").ConfigureAwait(false);
            return ExitCodes.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, e.Message).ConfigureAwait(false);
        }
    }
}
