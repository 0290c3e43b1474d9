using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using EdgeAgent.Configuration;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Tests.Sensors.Hardware.Iio;

/// <summary>
/// An accelerometer as the kernel's IIO class shows one: a folder of attributes, and a FIFO in the place of the device node. Like a driver it does not
/// wait for a reader, unless it is told to. Every sample holds its own number, so that a reader can tell which it is.
/// </summary>
internal sealed unsafe partial class FakeIioDevice : IDisposable
{
    /// <summary>x, y and z of 16 bits, padding, and the time stamp.</summary>
    public const int SampleBytes = 16;

    /// <summary>As many as a pipe takes in one piece or not at all.</summary>
    private const int SamplesPerWrite = 4096 / SampleBytes;
    private const int SetPipeSize = 1031;
    private const int Exists = 17;
    private const int TryAgain = 11;
    private const int NumberBits = 15;
    private const int NumberMask = (1 << NumberBits) - 1;

    private readonly byte[] _bytes = new byte[SamplesPerWrite * SampleBytes];
    private int _file = -1;
    private volatile bool _waitsForPlace;

    /// <param name="root">A folder of the device's own.</param>
    /// <param name="stamps">Whether the driver stamps its samples.</param>
    public FakeIioDevice(string root, double rateHz, bool stamps = true)
    {
        RateHz = rateHz;
        Folder = Path.Combine(root, "iio:device0");
        Node = Path.Combine(root, "node");
        Directory.CreateDirectory(Path.Combine(Folder, "scan_elements"));
        Directory.CreateDirectory(Path.Combine(Folder, "buffer"));
        Write("name", "accelerometer");
        Write("sampling_frequency", "100");
        Write("in_accel_scale", "0.5");
        Write("buffer/enable", "0");
        Write("buffer/length", "2");
        Write("buffer/watermark", "1");
        foreach (var (channel, index) in new[] { ("in_accel_x", 0), ("in_accel_y", 1), ("in_accel_z", 2) })
        {
            Element(channel, index, "le:s16/16>>0");
        }

        if (stamps)
        {
            Element("in_timestamp", 3, "le:s64/64>>0");
            Write("current_timestamp_clock", "realtime");
        }
        else
        {
            // A fourth number that nobody wants keeps the samples as long.
            Element("in_angl", 3, "le:u64/64>>0");
            Write("scan_elements/in_angl_en", "1");
        }

        if (MakeFifo(Node, 0x180) != 0 && Marshal.GetLastPInvokeError() != Exists)
        {
            throw new IOException($"cannot make a FIFO: {Libc.Describe(Marshal.GetLastPInvokeError())}");
        }
    }

    public double RateHz { get; }

    /// <summary>Lets nothing be lost on a computer that is busy with something else, as no driver would.</summary>
    public bool WaitsForPlace
    {
        get => _waitsForPlace;
        set => _waitsForPlace = value;
    }

    /// <summary>The device's folder, as under /sys.</summary>
    public string Folder { get; }

    /// <summary>What stands for /dev/iio:device0.</summary>
    public string Node { get; }

    /// <summary>The sensor's block of a config.</summary>
    public IioSensorOptions Options(double? everySeconds = null) => new()
    {
        Name = "accelerometer",
        Path = Folder,
        EverySeconds = everySeconds,
        Buffer = new IioBufferOptions { RateHz = RateHz, Node = Node },
        Readings = [.. new[] { "x", "y", "z" }.Select(axis => new IioReadingOptions { Channel = axis, Attribute = "in_accel_" + axis })],
    };

    /// <summary>The number of a sample, from its values after the driver's scale of a half.</summary>
    public static long NumberOf(double x, double y) => (long)(2 * x) | ((long)(2 * y) << NumberBits);

    /// <summary>Nanoseconds of the clock that the agent tells the driver to stamp by.</summary>
    public static long Now() => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    /// <summary>Whatever is in an attribute, without the end of its line.</summary>
    public string Read(string attribute) => File.ReadAllText(Path.Combine(Folder, attribute)).Trim();

    public void Write(string attribute, string text) => File.WriteAllText(Path.Combine(Folder, attribute), text + "\n");

    /// <summary>From now on there is somebody at the other end. The kernel keeps about a second of samples, and so does the pipe.</summary>
    public void Plug()
    {
        _file = Libc.Open(Node, Libc.ReadWrite | Libc.NonBlocking | Libc.CloseOnExec);
        if (_file < 0 || Control(_file, SetPipeSize, (nint)Math.Max(65_536, SampleBytes * RateHz)) < 0)
        {
            throw new IOException($"cannot open the FIFO: {Libc.Describe(Libc.LastError)}");
        }
    }

    /// <summary>A reader sees the end.</summary>
    public void Unplug()
    {
        if (_file >= 0)
        {
            _ = Libc.Close(_file);
            _file = -1;
        }
    }

    /// <param name="first">The number of the first sample.</param>
    /// <param name="stampOf">The stamp of a sample, by its number.</param>
    /// <param name="leftOut">The samples that are kept back; null for none.</param>
    public void Push(long first, int count, Func<long, long> stampOf, Func<long, bool>? leftOut = null)
    {
        var samples = 0;
        for (var number = first; number < first + count; number++)
        {
            if (leftOut?.Invoke(number) != true)
            {
                Fill(_bytes.AsSpan(samples * SampleBytes, SampleBytes), number, stampOf(number));
                samples++;
            }

            if (samples == SamplesPerWrite || (number == first + count - 1 && samples > 0))
            {
                Write(samples);
                samples = 0;
            }
        }
    }

    /// <summary>Takes samples at the device's rate, each stamped with its own time, as long as it is let.</summary>
    /// <param name="first">The number of the first, whose time is <paramref name="start"/>.</param>
    /// <param name="goesOn">Asked with the number of the sample that comes next.</param>
    public void Play(long first, long start, Func<long, bool> goesOn, Func<long, bool>? leftOut = null)
    {
        for (var next = first; goesOn(next);)
        {
            var due = first + (long)Math.Floor((Now() - start) * (RateHz / 1e9)) + 1;
            Push(next, (int)(due - next), number => start + (long)Math.Round((number - first) * (1e9 / RateHz)), leftOut);
            next = due;
            KernelPause.For(TimeSpan.FromMilliseconds(2));
        }
    }

    public void Dispose() => Unplug();

    private void Write(int samples)
    {
        fixed (byte* bytes = _bytes)
        {
            while (Libc.Write(_file, bytes, (nuint)(samples * SampleBytes)) < 0 && Libc.LastError == TryAgain && WaitsForPlace)
            {
                KernelPause.For(TimeSpan.FromMilliseconds(1));
            }
        }
    }

    private static void Fill(Span<byte> sample, long number, long stamp)
    {
        BinaryPrimitives.WriteInt16LittleEndian(sample, (short)(number & NumberMask));
        BinaryPrimitives.WriteInt16LittleEndian(sample[2..], (short)((number >> NumberBits) & NumberMask));
        BinaryPrimitives.WriteInt16LittleEndian(sample[4..], -1);
        BinaryPrimitives.WriteInt64LittleEndian(sample[8..], stamp);
    }

    private void Element(string channel, int index, string type)
    {
        Write($"scan_elements/{channel}_en", "0");
        Write($"scan_elements/{channel}_index", $"{index}");
        Write($"scan_elements/{channel}_type", type);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int file, int command, nint argument);
}
