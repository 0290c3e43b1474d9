using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace EdgeAgent.Core.ModelPackages.Trust;

/// <summary>A public key that packages may be signed with: ECDSA on P-256.</summary>
public sealed class PackageKey : IDisposable
{
    private const string P256 = "1.2.840.10045.3.1.7";
    private readonly ECDsa _key;

    private PackageKey(ECDsa key, string name)
    {
        _key = key;
        Name = name;
        Id = IdOf(key);
    }

    /// <summary>The file that it came from.</summary>
    public string Name { get; }

    /// <summary>Lower-case hex of the SHA-256 of its SubjectPublicKeyInfo in DER; `openssl pkey -pubin -outform DER | sha256sum` says the same.</summary>
    public string Id { get; }

    /// <param name="pem">SubjectPublicKeyInfo: "-----BEGIN PUBLIC KEY-----".</param>
    /// <returns>False, with the reason, for anything else. A private key is refused: it does not belong on a device.</returns>
    public static bool TryImport(string pem, string name, [NotNullWhen(true)] out PackageKey? key, [NotNullWhen(false)] out string? problem)
    {
        key = null;
        problem = "not a public key on P-256 in PEM (BEGIN PUBLIC KEY)";
        if (!PemEncoding.TryFind(pem, out var fields))
        {
            return false;
        }

        if (!pem.AsSpan(fields.Label.Start.Value, fields.Label.End.Value - fields.Label.Start.Value).SequenceEqual("PUBLIC KEY"))
        {
            problem = $"holds a {pem[fields.Label]}; only public keys (BEGIN PUBLIC KEY) belong here";
            return false;
        }

        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(pem[fields.Base64Data]), out _);
            if (ecdsa.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != P256)
            {
                ecdsa.Dispose();
                return false;
            }
        }
        catch (CryptographicException)
        {
            ecdsa.Dispose();
            return false;
        }

        key = new PackageKey(ecdsa, name);
        problem = null;
        return true;
    }

    public static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    /// <param name="signature">DER, as `openssl dgst -sha256 -sign` makes it.</param>
    public bool Verifies(ReadOnlySpan<byte> manifest, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(manifest, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();
}
