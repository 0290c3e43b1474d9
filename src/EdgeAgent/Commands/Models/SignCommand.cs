using System.CommandLine;
using EdgeAgent.Packages;
using EdgeAgent.Storage;

namespace EdgeAgent.Commands.Models;

/// <summary>`model sign`: writes manifest.sig into a package folder, as openssl would.</summary>
internal static class SignCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Holds manifest.json." };
        var key = SigningKey.Option();
        key.Required = true;
        var command = new Command("sign", "Signs the manifest of a package folder; `model pack` then packs it.") { folder, key };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(folder)!, parsed.GetValue(key)!));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string keyFile)
    {
        var (key, problem) = SigningKey.Read(keyFile);
        if (key is null)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, problem!).ConfigureAwait(false);
        }

        using (key)
        {
            try
            {
                var signature = SigningKey.Sign(key, await File.ReadAllBytesAsync(Path.Combine(folder, PackageVerifier.ManifestName)).ConfigureAwait(false));
                DurableFile.Replace(Path.Combine(folder, PackageVerifier.SignatureName), signature);
                return ExitCodes.Done;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return await SharedOptions.FailAsync(ExitCodes.BadInput, $"cannot be signed: {e.Message}").ConfigureAwait(false);
            }
        }
    }
}
