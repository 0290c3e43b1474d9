using System.CommandLine;
using System.Security.Cryptography;
using EdgeAgent.Core.ModelPackages.Trust;

namespace EdgeAgent.Commands.Models;

/// <summary>`model keygen`: a new key to sign packages with, and its public half for the devices.</summary>
internal static class KeygenCommand
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Command Create()
    {
        var to = new Option<string>("--out") { Description = "Writes NAME.key, to be kept secret, and NAME.pem, for the devices' keys folder.", Required = true, HelpName = "NAME" };
        var command = new Command("keygen", "Makes a key pair (ECDSA P-256).") { to };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(to)!));
        return command;
    }

    private static async Task<int> RunAsync(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            await WriteNewAsync($"{name}.key", key.ExportPkcs8PrivateKeyPem(), OwnerOnly).ConfigureAwait(false);
            await WriteNewAsync($"{name}.pem", key.ExportSubjectPublicKeyInfoPem(), OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--out: {e.Message}").ConfigureAwait(false);
        }

        await Console.Out.WriteLineAsync($"{PackageKey.IdOf(key)}").ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static async Task WriteNewAsync(string path, string pem, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        await using var stream = new FileStream(path, options);
        await using var writer = new StreamWriter(stream);
        await writer.WriteLineAsync(pem).ConfigureAwait(false);
    }
}
