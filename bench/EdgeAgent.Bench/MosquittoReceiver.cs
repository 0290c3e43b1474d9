using System.Diagnostics;
using System.Globalization;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.Bench;

/// <summary>A mosquitto_sub that writes what arrives into a file, and ends when it has all.</summary>
internal sealed class MosquittoReceiver : IDisposable
{
    private readonly Process _process;
    private readonly string _file;
    private readonly int _expected;

    private MosquittoReceiver(Process process, string file, int expected)
    {
        _process = process;
        _file = file;
        _expected = expected;
    }

    /// <summary>Completes when the subscription stands, which a retained message shows.</summary>
    public static async Task<MosquittoReceiver> StartAsync(MosquittoBroker broker, string topic, int messages, string file)
    {
        var port = broker.Port.ToString(CultureInfo.InvariantCulture);
        File.Delete(file);
        var (code, said) = await ChildProcess.RunAsync("mosquitto_pub", ["-h", "127.0.0.1", "-p", port, "-r", "-t", "probe", "-m", "probe"]).ConfigureAwait(false);
        if (code != 0)
        {
            throw new InvalidOperationException($"mosquitto_pub: {said}");
        }

        var all = (messages + 1).ToString(CultureInfo.InvariantCulture);
        var process = Process.Start("sh", ["-c", $"exec mosquitto_sub -h 127.0.0.1 -p {port} -V 5 -q 1 -C {all} -t {topic} -t probe > '{file}'"]);
        while (!File.Exists(file) || new FileInfo(file).Length == 0)
        {
            await Task.Delay(10).ConfigureAwait(false);
        }

        return new MosquittoReceiver(process, file, messages);
    }

    /// <summary>Until it has so many messages as it was to get.</summary>
    public Task HasAllAsync(CancellationToken limit) => _process.WaitForExitAsync(limit);

    /// <returns>null, or what is wrong with what arrived: every decision has to be there, and none twice.</returns>
    public string? Problem()
    {
        var seen = new HashSet<long>();
        var lines = 0;
        foreach (var line in File.ReadLines(_file).Where(line => line != "probe"))
        {
            lines++;
            var from = line.IndexOf("\"seq\":", StringComparison.Ordinal) + 6;
            seen.Add(long.Parse(line.AsSpan(from, line.IndexOf(',', from) - from), CultureInfo.InvariantCulture));
        }

        return lines == _expected && seen.Count == _expected
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"the subscriber has {lines} messages of {seen.Count} decisions, not {_expected} of as many");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
