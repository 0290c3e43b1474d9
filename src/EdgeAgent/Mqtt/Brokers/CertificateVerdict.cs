using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Mqtt.Brokers;

/// <summary>Why a broker's certificate is not trusted, in words.</summary>
internal sealed class CertificateVerdict(string host, string? caFile, ClockJudgement clock)
{
    /// <summary>Null: it is trusted, or none was shown.</summary>
    public TlsFinding? Finding { get; private set; }

    /// <summary>Lets only a trusted certificate pass.</summary>
    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Finding = errors == SslPolicyErrors.None ? null
            : chain is null || certificate is not X509Certificate2 leaf ? new TlsFinding("the broker shows no certificate")
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? ChainTrouble(leaf, chain)
            : new TlsFinding($"the broker's certificate '{leaf.Subject}' is for {Names(leaf)}, not for {host}");
        return errors == SslPolicyErrors.None;
    }

    /// <summary>"expired on …" or "is not valid before …"; null when the time is within its dates.</summary>
    public static string? OutOfTime(X509Certificate2 certificate, DateTimeOffset now)
    {
        var (from, to) = (new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
        return now < from ? $"is not valid before {ClockJudgement.Text(from)}"
            : now > to ? $"expired on {ClockJudgement.Text(to)}"
            : null;
    }

    private TlsFinding ChainTrouble(X509Certificate2 leaf, X509Chain chain)
    {
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if ((status & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot)) != 0)
        {
            var authorities = caFile is null ? "the system's authorities" : $"caFile {caFile}";
            return new TlsFinding($"the broker's certificate '{leaf.Subject}' was signed by '{leaf.Issuer}', which is not in {authorities}");
        }

        // The broker's own certificate comes first in the chain, its authorities after it.
        foreach (var element in chain.ChainElements)
        {
            if (OutOfTime(element.Certificate, clock.Now) is { } when)
            {
                var whose = element.Certificate.Thumbprint == leaf.Thumbprint ? "the broker's certificate" : "the authority's certificate";
                return new TlsFinding($"{whose} '{element.Certificate.Subject}' {when}", clock.Describe());
            }
        }

        return new TlsFinding($"the broker's certificate '{leaf.Subject}' is not trusted: {string.Join(", ", chain.ChainStatus.Select(one => one.StatusInformation.Trim()))}");
    }

    private static string Names(X509Certificate2 leaf) =>
        leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names
            ? string.Join(", ", [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())])
            : "no name";
}
