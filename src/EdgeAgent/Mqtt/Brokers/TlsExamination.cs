using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Mqtt.Brokers;

/// <summary>
/// Says after a failed TLS handshake why it failed: looks at this side's files, then at what the broker shows. It shakes
/// hands once more and sends nothing: no MQTT, no login, and its own certificate only to a broker that it trusts.
/// </summary>
internal sealed class TlsExamination(ClockJudgement clock, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>With TLS 1.3 a broker judges our certificate after the handshake; it says so at once or not at all.</summary>
    private static readonly TimeSpan Verdict = TimeSpan.FromSeconds(1);

    /// <returns>Null when nothing was found.</returns>
    public async Task<TlsFinding?> ExamineAsync(MqttConnectionOptions options, CancellationToken cancellationToken)
    {
        if (options.Tls is not { } tls)
        {
            return null;
        }

        if (TlsFiles.Problem(tls) is { } problem)
        {
            return new TlsFinding(problem);
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await ShakeHandsAsync(options, tls, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ArgumentException)
        {
            // The broker has gone meanwhile, or says nothing: what the library said stands.
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private async Task<TlsFinding?> ShakeHandsAsync(MqttConnectionOptions options, MqttTls tls, CancellationToken cancellationToken)
    {
        using var own = TlsFiles.Own(tls);
        var verdict = new CertificateVerdict(options.Host, tls.CaFile, clock);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(options.Host, options.Port, cancellationToken).ConfigureAwait(false);
        using var channel = new SslStream(tcp.GetStream());
        try
        {
            await channel.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = options.Host,
                    ClientCertificates = own is null ? null : [own],
                    CertificateChainPolicy = Policy(tls),
                    RemoteCertificateValidationCallback = verdict.Judge,
                },
                cancellationToken).ConfigureAwait(false);
            return await RefusalAsync(channel, own, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthenticationException e)
        {
            return verdict.Finding ?? WithOwnDates($"the handshake failed: {Innermost(e)}", own);
        }
    }

    private X509ChainPolicy Policy(MqttTls tls)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, VerificationTime = clock.Now.LocalDateTime };
        if (tls.CaFile is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(TlsFiles.Authorities(tls.CaFile));
        }

        return policy;
    }

    private async Task<TlsFinding?> RefusalAsync(SslStream channel, X509Certificate2? own, CancellationToken cancellationToken)
    {
        using var soon = new CancellationTokenSource(Verdict, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(soon.Token, cancellationToken);
        try
        {
            return await channel.ReadAsync(new byte[1], either.Token).ConfigureAwait(false) == 0 ? Refusal("it closed the connection", own) : null;
        }
        catch (IOException e)
        {
            return Refusal(Innermost(e), own);
        }
        catch (OperationCanceledException) when (soon.IsCancellationRequested)
        {
            return null;
        }
    }

    private TlsFinding Refusal(string words, X509Certificate2? own) => own is null
        ? new TlsFinding($"the broker asks for a client certificate, and the config names none: {words}")
        : WithOwnDates($"the broker does not take this device's certificate '{own.Subject}': {words}", own);

    private TlsFinding WithOwnDates(string text, X509Certificate2? own) =>
        own is not null && CertificateVerdict.OutOfTime(own, clock.Now) is { } when ? new TlsFinding($"{text}; it {when}", clock.Describe()) : new TlsFinding(text);

    private static string Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner)
        {
            failure = inner;
        }

        return failure.Message;
    }
}
