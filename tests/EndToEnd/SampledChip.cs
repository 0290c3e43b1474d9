using System.Buffers.Binary;
using System.Diagnostics;

namespace EdgeAgent.EndToEnd;

/// <summary>A voltage that a driver of the kernel's IIO class would sample 200 times a second: a folder of attributes, and a FIFO as the device node.</summary>
internal sealed class SampledChip : IAsyncDisposable
{
    public const int RateHz = 200;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private FileStream? _node;
    private CancellationTokenSource? _unplugged;
    private Task _sampling = Task.CompletedTask;

    private SampledChip(string folder, string node)
    {
        Folder = folder;
        Node = node;
    }

    public string Folder { get; }

    public string Node { get; }

    /// <summary>In millivolts, as the chip counts.</summary>
    public ushort Millivolts { get; set; } = 24_000;

    public static async Task<SampledChip> MakeAsync(string root)
    {
        var chip = new SampledChip(Path.Combine(root, "iio:device0"), Path.Combine(root, "node"));
        Directory.CreateDirectory(Path.Combine(chip.Folder, "scan_elements"));
        Directory.CreateDirectory(Path.Combine(chip.Folder, "buffer"));
        foreach (var (file, text) in new[]
        {
            ("name", "adc"), ("in_voltage0_scale", "1"), ("sampling_frequency", "1"), ("current_timestamp_clock", "realtime"),
            ("buffer/enable", "0"), ("buffer/length", "2"), ("buffer/watermark", "1"),
            ("scan_elements/in_voltage0_en", "0"), ("scan_elements/in_voltage0_index", "0"), ("scan_elements/in_voltage0_type", "be:u16/16>>0"),
            ("scan_elements/in_timestamp_en", "0"), ("scan_elements/in_timestamp_index", "1"), ("scan_elements/in_timestamp_type", "le:s64/64>>0"),
        })
        {
            await File.WriteAllTextAsync(Path.Combine(chip.Folder, file), text + "\n");
        }

        using var made = Process.Start("mkfifo", [chip.Node]);
        await made.WaitForExitAsync();
        return chip;
    }

    public string Read(string attribute) => File.ReadAllText(Path.Combine(Folder, attribute)).Trim();

    /// <summary>From now on it samples; open for both ways, so that a reader sees no end between two writers.</summary>
    public void Plug()
    {
        _node = new FileStream(Node, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        _unplugged = new CancellationTokenSource();
        _sampling = SampleAsync(_node, _unplugged.Token);
    }

    public async Task UnplugAsync()
    {
        if (_unplugged is not null)
        {
            await _unplugged.CancelAsync();
            await _sampling;
            _unplugged.Dispose();
            _unplugged = null;
            await _node!.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => new(UnplugAsync());

    /// <summary>Stamps are of the monotonic clock, which is what the agent tells the driver to take.</summary>
    private async Task SampleAsync(FileStream node, CancellationToken unplugged)
    {
        var sample = new byte[16];
        var start = Stopwatch.GetTimestamp();
        for (var number = 0L; !unplugged.IsCancellationRequested;)
        {
            for (var due = (long)(Stopwatch.GetElapsedTime(start) / Step); number <= due; number++)
            {
                BinaryPrimitives.WriteUInt16BigEndian(sample, Millivolts);
                BinaryPrimitives.WriteInt64LittleEndian(sample.AsSpan(8), start + (long)(number * Step.TotalSeconds * Stopwatch.Frequency));
                node.Write(sample);
            }

            await Task.Delay(Step, CancellationToken.None);
        }
    }
}
