using System.CommandLine;
using System.Security.Cryptography;

namespace EdgeAgent.Commands.Models;

/// <summary>The private key that `model pack` and `model sign` sign with.</summary>
internal static class SigningKey
{
    private const int MostBytes = 1 << 13;

    public static Option<string?> Option() => new("--key") { Description = "The private key in PEM, as `model keygen` or openssl makes it (EC, P-256).", HelpName = "FILE" };

    /// <returns>null and why.</returns>
    public static (ECDsa? Key, string? Problem) Read(string path)
    {
        var key = ECDsa.Create();
        try
        {
            if (new FileInfo(path).Length > MostBytes)
            {
                throw new ArgumentException("too large for a key");
            }

            key.ImportFromPem(File.ReadAllText(path));
            if (key.KeySize == 256 && key.ExportParameters(true).D is not null)
            {
                return (key, null);
            }
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // Told below.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            key.Dispose();
            return (null, $"--key: {e.Message}");
        }

        key.Dispose();
        return (null, $"--key: found {path}, allowed: a private key on P-256 in PEM without a password");
    }

    /// <summary>DER, as openssl's dgst makes it.</summary>
    public static byte[] Sign(ECDsa key, byte[] manifest) => key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
