using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EdgeAgent.Tests.Mqtt;

/// <summary>
/// A plant's receiver with a session that outlives the broker's restarts: mosquitto_sub, of whose messages only the <see cref="Receipts"/>
/// are kept, so that millions may come.
/// </summary>
public sealed class Receiver : IAsyncDisposable
{
    private const string Probe = "probe";

    private readonly Process _process;
    private readonly Task _reading;
    private readonly SemaphoreSlim _more = new(0);
    private bool _sentAgain;

    private Receiver(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    /// <summary>Read it inside <see cref="Look"/> while messages come.</summary>
    private Receipts Receipts { get; } = new();

    public static async Task<Receiver> StartAsync(int port)
    {
        // -d: the flag by which the broker says that it sends a message again, because this receiver's own connection broke.
        var process = Process.Start(new ProcessStartInfo(
            "mosquitto_sub",
            ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-V", "5", "-c", "-x", "100000", "-i", "receiver", "-q", "1", "-v", "-d", "-t", "edgeagent/#", "-t", Probe])
        {
            RedirectStandardOutput = true,
        })!;
        var receiver = new Receiver(process);

        // A retained probe arrives as soon as the subscription stands, however the two processes race.
        using var probe = Process.Start("mosquitto_pub", ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-r", "-t", Probe, "-m", "{}"]);
        await receiver.UntilAsync(receipts => receipts.IsSubscribed, TimeSpan.FromSeconds(60));
        return receiver;
    }

    public T Look<T>(Func<Receipts, T> question)
    {
        lock (Receipts)
        {
            return question(Receipts);
        }
    }

    /// <exception cref="TimeoutException">For so long nothing came any more, and it is not as wanted.</exception>
    public async Task UntilAsync(Func<Receipts, bool> wanted, TimeSpan patience)
    {
        while (!Look(wanted))
        {
            if (!await _more.WaitAsync(patience))
            {
                throw new TimeoutException($"nothing came for {patience.TotalSeconds} s; {Look(receipts => receipts.Distinct)} messages came before");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
        _more.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (Receipts)
            {
                Take(line);
            }

            // One permit is enough for whoever waits; thousands would be drained one by one.
            if (_more.CurrentCount == 0)
            {
                _more.Release();
            }
        }
    }

    private void Take(string line)
    {
        if (line.StartsWith(Probe, StringComparison.Ordinal))
        {
            Receipts.IsSubscribed = true;
        }
        else if (line.Contains("received PUBLISH (", StringComparison.Ordinal))
        {
            // "… received PUBLISH (d1, q1, r0, m5, …": told before the message itself.
            _sentAgain = line.Contains("(d1", StringComparison.Ordinal) || line.Contains(", r1,", StringComparison.Ordinal);
        }
        else if (line.StartsWith("edgeagent/", StringComparison.Ordinal) && line.IndexOf(' ', StringComparison.Ordinal) is var space)
        {
            using var body = JsonDocument.Parse(line.AsMemory(space + 1));
            Receipts.Add(line[..space], body.RootElement, line.AsSpan(space + 1), _sentAgain);
        }
    }
}
