using System.Security.Cryptography;
using System.Text;

namespace EdgeAgent.Tests.Mqtt.Connections;

/// <summary>Mosquitto's password file: NAME:$7$iterations$salt$hash, PBKDF2 with SHA-512 (see mosquitto_passwd).</summary>
internal static class MosquittoPasswords
{
    private const int Iterations = 101;

    public static void Write(string path, string user, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(12);
        var hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA512, 64);
        File.WriteAllText(path, $"{user}:$7${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}\n");
    }
}
