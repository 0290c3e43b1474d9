using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EdgeAgent.EndToEnd;

/// <summary>An operator's terminal: mosquitto_rr, which sends a command and waits for its answer.</summary>
internal static class Commander
{
    /// <returns>The answer; null if none came in time.</returns>
    public static async Task<JsonElement?> AskAsync(int port, string name, string payload, int seconds = 20)
    {
        PayloadSchema.AssertValid("command.schema.json", JsonElement.Parse(payload));
        using var process = Process.Start(new ProcessStartInfo(
            "mosquitto_rr",
            [
                "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-q", "1", "-W", seconds.ToString(CultureInfo.InvariantCulture),
                "-t", $"edgeagent/v1/test/bench/command/{name}", "-e", "edgeagent/v1/test/bench/answer/terminal", "-m", payload,
            ])
        {
            RedirectStandardOutput = true,
        })!;
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (string.IsNullOrWhiteSpace(answer))
        {
            return null;
        }

        var body = JsonElement.Parse(answer);
        PayloadSchema.AssertValid("command-answer.schema.json", body);
        return body;
    }

    public static string Text(this JsonElement? answer, string key) => Subscriber.Text(answer ?? throw new InvalidOperationException("no answer came"), key) ?? "";
}
