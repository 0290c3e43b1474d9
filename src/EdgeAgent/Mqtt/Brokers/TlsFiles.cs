using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Mqtt.Brokers;

/// <summary>What the PEM files of a TLS configuration hold, judged before a broker is asked.</summary>
internal static class TlsFiles
{
    /// <summary>One line that names the file and what is wrong with it, or null. Says nothing about dates: a clock may be wrong.</summary>
    public static string? Problem(MqttTls tls)
    {
        if (tls.Problem() is { } problem)
        {
            return problem;
        }

        try
        {
            if (tls.CaFile is not null && Authorities(tls.CaFile).Count == 0)
            {
                return $"caFile {tls.CaFile} holds no certificate";
            }
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return $"caFile {tls.CaFile} holds something that is no certificate: {e.Message}";
        }

        try
        {
            Own(tls)?.Dispose();
            return null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return $"certificateFile {tls.CertificateFile} and keyFile {tls.KeyFile} are not a certificate and its key: {e.Message}";
        }
    }

    public static X509Certificate2Collection Authorities(string caFile)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(caFile);
        return all;
    }

    /// <summary>This device's certificate with its key; null if it has none.</summary>
    public static X509Certificate2? Own(MqttTls tls) =>
        tls is { CertificateFile: { } certificate, KeyFile: { } key } ? X509Certificate2.CreateFromPemFile(certificate, key) : null;
}
