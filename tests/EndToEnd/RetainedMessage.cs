using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.EndToEnd;

/// <summary>What a client that subscribes now gets at once, as mosquitto_sub takes it from the wire.</summary>
internal sealed record RetainedMessage(string Topic, int Qos, bool Retain, string ContentType, JsonElement Body)
{
    public static async Task<IReadOnlyList<RetainedMessage>> ReadAsync(MosquittoBroker broker, string filter, int count, int seconds = 20)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "mosquitto_sub",
            [
                "-h", "127.0.0.1", "-p", broker.Port.ToString(CultureInfo.InvariantCulture), "-V", "5", "-q", "1", "-t", filter, "--retained-only",
                "-C", count.ToString(CultureInfo.InvariantCulture), "-W", seconds.ToString(CultureInfo.InvariantCulture), "-F", "%t\t%q\t%r\t%C\t%p",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var lines = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static RetainedMessage Parse(string line)
    {
        var parts = line.Split('\t', 5);
        return new RetainedMessage(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2] == "1", parts[3], JsonElement.Parse(parts[4]));
    }
}
