using System.CommandLine;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Packages;
using EdgeAgent.Storage;

namespace EdgeAgent.Commands.Models;

/// <summary>`model pack`: a package folder as one signed file.</summary>
internal static class PackCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Holds manifest.json and the files that it lists." };
        var to = new Option<string?>("--out") { Description = "The file to write. Default: NAME-VERSION.eapkg here.", HelpName = "FILE" };
        var key = SigningKey.Option();
        var command = new Command("pack", "Makes a package file of a folder; signed with --key, or with the manifest.sig in the folder.") { folder, to, key };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(folder)!, parsed.GetValue(to), parsed.GetValue(key)));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string? to, string? keyFile)
    {
        var (key, keyProblem) = keyFile is null ? (null, null) : SigningKey.Read(keyFile);
        if (keyProblem is not null)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, keyProblem).ConfigureAwait(false);
        }

        using (key)
        {
            return await WriteAsync(folder, to, key is null ? null : manifest => SigningKey.Sign(key, manifest)).ConfigureAwait(false);
        }
    }

    private static async Task<int> WriteAsync(string folder, string? to, Func<byte[], byte[]>? sign)
    {
        var temporary = $"{to ?? Path.Combine(".", "package.eapkg")}.{Environment.ProcessId}.new";
        try
        {
            PackageProblem? problem;
            ModelManifest? manifest;
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                PackageArchive.TryPack(folder, sign, stream, out manifest, out problem);
                DurableFile.Sync(stream);
            }

            if (problem is not null)
            {
                File.Delete(temporary);
                return await SharedOptions.FailAsync(ExitCodes.BadInput, problem.ToString()).ConfigureAwait(false);
            }

            var path = to ?? $"{manifest!.Name}-{manifest.Version}.eapkg";
            File.Move(temporary, path, overwrite: true);
            await Console.Out.WriteLineAsync($"{path}: {manifest!.Name} {manifest.Version}, sequence {manifest.Sequence}, {new FileInfo(path).Length} bytes").ConfigureAwait(false);
            return ExitCodes.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"cannot be packed: {e.Message}").ConfigureAwait(false);
        }
    }
}
