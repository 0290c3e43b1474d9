using System.CommandLine;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.ModelPackages.Archives;
using EdgeAgent.Packages;

namespace EdgeAgent.Commands.Models;

/// <summary>`model verify`: whether a package file is whole and by a trusted key. Writes nothing.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A package file (.eapkg)." };
        var keys = KeysOption.Create();
        var json = SharedOptions.Json();
        var command = new Command("verify", "Says whether a package file is whole and signed by a trusted key; opens no model.") { file, keys, json };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(file)!, KeysOption.Folder(parsed.GetValue(keys), config: null), parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> RunAsync(string file, string keysFolder, bool json)
    {
        if (!KeyFolder.TryRead(keysFolder, out var ring, out var problem))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--keys: {problem}").ConfigureAwait(false);
        }

        using (ring)
        {
            VerifiedPackage? package;
            try
            {
                using var archive = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
                PackageVerifier.TryVerify(archive, ring, new ArchiveLimits(), (_, _) => Stream.Null, out package, out problem);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return await SharedOptions.FailAsync(ExitCodes.BadInput, $"{file}: {e.Message}").ConfigureAwait(false);
            }

            return await TellAsync(file, package, problem, json).ConfigureAwait(false);
        }
    }

    private static async Task<int> TellAsync(string file, VerifiedPackage? package, PackageProblem? problem, bool json)
    {
        if (json)
        {
            await Console.Out.WriteLineAsync(PackageReport.Of(package is null ? "refused" : "verified", package, problem?.ToString()).ToJson()).ConfigureAwait(false);
        }

        if (package is null)
        {
            return await SharedOptions.FailAsync(ExitCodes.PackageRefused, $"{file}: refused: {problem}").ConfigureAwait(false);
        }

        if (!json)
        {
            var manifest = package.Manifest;
            await Console.Out.WriteLineAsync(
                $"{manifest.Name} {manifest.Version} ({manifest.Kind}), sequence {manifest.Sequence}, signed by {package.KeyName}").ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }
}
