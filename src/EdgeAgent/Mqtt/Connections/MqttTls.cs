namespace EdgeAgent.Mqtt.Connections;

/// <summary>PEM files, read anew for every connection, so that replaced certificates need no restart.</summary>
internal sealed record MqttTls
{
    /// <summary>The authorities to trust, and no others. Null: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Client certificate, leaf first. Null: none; else <see cref="KeyFile"/> is needed too.</summary>
    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }

    /// <summary>One line that names what is wrong with the files, or null. Says nothing about their content.</summary>
    public string? Problem()
    {
        if (CertificateFile is null != KeyFile is null)
        {
            return "a client certificate needs both certificateFile and keyFile";
        }

        return Unreadable("caFile", CaFile) ?? Unreadable("certificateFile", CertificateFile) ?? Unreadable("keyFile", KeyFile);
    }

    private static string? Unreadable(string key, string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            File.OpenRead(path).Dispose();
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"{key} {path} cannot be read: {problem.Message}";
        }
    }
}
