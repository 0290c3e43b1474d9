using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Mqtt.Brokers;

/// <summary>The name and password that brokers know the device by. Files are read anew for every connection.</summary>
internal sealed record BrokerLogin
{
    /// <summary>Null: it stands in <see cref="UsernameFile"/>.</summary>
    public string? Username { get; init; }

    public string? UsernameFile { get; init; }

    /// <summary>Null: a name without a password.</summary>
    public string? PasswordFile { get; init; }

    /// <param name="problem">The config's key, the file and what is wrong with it.</param>
    public bool TryRead([NotNullWhen(true)] out MqttCredentials? credentials, [NotNullWhen(false)] out string? problem)
    {
        credentials = null;
        var username = Username;
        string? password = null;
        if ((UsernameFile is { } named && !TryRead("/mqtt/usernameFile", named, out username, out problem))
            || (PasswordFile is { } secret && !TryRead("/mqtt/passwordFile", secret, out password, out problem)))
        {
            return false;
        }

        problem = null;
        credentials = new MqttCredentials(username!, password);
        return true;
    }

    private static bool TryRead(string key, string file, out string? text, [NotNullWhen(false)] out string? problem)
    {
        text = null;
        try
        {
            text = File.ReadAllText(file).TrimEnd('\r', '\n');
            problem = text.Length == 0 ? $"{key}: {file} is empty" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"{key}: {file} cannot be read: {e.Message}";
        }

        return problem is null;
    }
}
