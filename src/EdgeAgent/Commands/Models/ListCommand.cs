using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Packages;

namespace EdgeAgent.Commands.Models;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<InstalledPackage>))]
internal sealed partial class InstalledPackageJson : JsonSerializerContext;

/// <summary>`model list`: what was installed, and what of it is in use.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var data = SharedOptions.DataDir();
        var json = SharedOptions.Json();
        var command = new Command("list", "The installed packages; a name that is not here uses the package that the config names.") { data, json };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(data) ?? SharedOptions.DefaultDataDirectory, parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> RunAsync(string dataDirectory, bool json)
    {
        try
        {
            var lines = InstalledPackage.All(new PackageStore(dataDirectory));
            var text = json ? JsonSerializer.Serialize(lines, InstalledPackageJson.Default.IReadOnlyListInstalledPackage)
                : lines.Count == 0 ? "none" : string.Join(Environment.NewLine, lines.Select(line => $"{line.Name,-24} {line.Slot,-36} {line.State}"));
            await Console.Out.WriteLineAsync(text).ConfigureAwait(false);
            return ExitCodes.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, e.Message).ConfigureAwait(false);
        }
    }
}
