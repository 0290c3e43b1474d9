using System.Diagnostics;

namespace EdgeAgent.Tests.Mqtt;

/// <summary>Certificates made on the spot by the openssl command; nothing of them outlives its folder.</summary>
internal static class OpenSsl
{
    /// <summary>Writes NAME.pem and NAME.key: an authority.</summary>
    public static string Authority(string folder, string name)
    {
        Run(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "2",
            "-subj", $"/CN={name}", "-keyout", $"{name}.key", "-out", $"{name}.pem");
        return Path.Combine(folder, $"{name}.pem");
    }

    /// <summary>Writes NAME.pem and NAME.key, signed by an authority in the same folder.</summary>
    public static string Certificate(string folder, string name, string authority, string alternativeNames)
    {
        File.WriteAllText(Path.Combine(folder, $"{name}.ext"), $"subjectAltName={alternativeNames}\n");
        Run(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc",
            "-subj", $"/CN={name}", "-keyout", $"{name}.key", "-out", $"{name}.csr");
        Run(folder, "x509", "-req", "-in", $"{name}.csr", "-CA", $"{authority}.pem", "-CAkey", $"{authority}.key",
            "-CAcreateserial", "-days", "2", "-extfile", $"{name}.ext", "-out", $"{name}.pem");
        return Path.Combine(folder, $"{name}.pem");
    }

    private static void Run(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"openssl {arguments[0]}: {errors.Result}");
        }
    }
}
