using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Tests.Mqtt.Brokers;

/// <summary>An authority of a test's own and certificates that it signs, with any dates; written as NAME.pem and NAME.key.</summary>
internal sealed class TestCertificates
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(2);

    private readonly string _folder;

    public TestCertificates(string folder)
    {
        _folder = folder;
        Signer = Authority("ca");
    }

    /// <summary>CN=ca, in ca.pem.</summary>
    public X509Certificate2 Signer { get; }

    public static DateTimeOffset Now => DateTimeOffset.UtcNow;

    public string File(string name) => Path.Combine(_folder, name);

    public X509Certificate2 Authority(string name, string? fileName = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var made = request.CreateSelfSigned(Now.AddYears(-10), Now.AddYears(10));
        System.IO.File.WriteAllText(File($"{fileName ?? name}.pem"), made.ExportCertificatePem());
        return made;
    }

    /// <summary>For 127.0.0.1 and localhost unless names are given.</summary>
    public void Sign(X509Certificate2 authority, string name, DateTimeOffset? from = null, DateTimeOffset? to = null, string[]? names = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var alternative = new SubjectAlternativeNameBuilder();
        foreach (var dns in names ?? ["localhost"])
        {
            alternative.AddDnsName(dns);
        }

        if (names is null)
        {
            alternative.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(alternative.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        using var made = request.Create(authority, from ?? Now - Long, to ?? Now + Long, RandomNumberGenerator.GetBytes(16));

        // Each file in one step, as a careful tool would; the pair is not.
        Replace($"{name}.pem", made.ExportCertificatePem());
        Replace($"{name}.key", key.ExportPkcs8PrivateKeyPem());
    }

    public void Replace(string name, string text)
    {
        System.IO.File.WriteAllText(File($"{name}.new"), text);
        System.IO.File.Move(File($"{name}.new"), File(name), overwrite: true);
    }
}
