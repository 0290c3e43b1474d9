using System.Security.Cryptography;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Mqtt.Brokers;

/// <summary>
/// What an attempt to connect depends on besides the broker: files and the wall clock. A failed attempt is worth
/// repeating at once when one of them has changed.
/// </summary>
internal sealed class BrokerConditions(MqttTls? tls, BrokerLogin? login, TimeProvider time)
{
    /// <summary>A clock that is only being steered moves less than this in a pause.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(10);

    private readonly string[] _tlsFiles = Named(tls?.CaFile, tls?.CertificateFile, tls?.KeyFile);
    private readonly string[] _loginFiles = Named(login?.UsernameFile, login?.PasswordFile);

    /// <summary>The files' content as a hash: times and sizes miss a file that is replaced within the same second, or by a link.</summary>
    public string TlsFiles() => HashOf(_tlsFiles);

    public BrokerMoment Now() => new(TlsFiles(), HashOf(_loginFiles), time.GetUtcNow(), time.GetTimestamp());

    public bool HaveChangedSince(BrokerMoment before)
    {
        var moved = time.GetUtcNow() - before.Clock - time.GetElapsedTime(before.Timestamp);
        return moved.Duration() > Jump || TlsFiles() != before.TlsFiles || HashOf(_loginFiles) != before.LoginFiles;
    }

    private static string[] Named(params IEnumerable<string?> files) => [.. files.OfType<string>()];

    private static string HashOf(string[] files)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            all.AppendData(ContentHash(file));
        }

        return Convert.ToHexString(all.GetHashAndReset());
    }

    private static byte[] ContentHash(string file)
    {
        try
        {
            using var content = File.OpenRead(file);
            return SHA256.HashData(content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // a file that is not there is a condition too
        }
    }
}
