using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using EdgeAgent.Sensors.Npy;

namespace EdgeAgent.Tests.Sensors.Npy;

public sealed class NpySensorSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_version_of_the_header_gives_one_frame_per_sample_in_the_files_order(byte version)
    {
        var path = Write(Header("<f4", "(3, 2)", version), [1, 2, 3, 4, 5, 6]);

        Assert.True(NpySensorSource.TryOpen(path, 2, 12_000, 0, TimeProvider.System, out var source, out _));

        using (source)
        {
            var frames = await source.ReadAsync(default).ToListAsync();
            Assert.Equal([[1f, 2f], [3f, 4f], [5f, 6f]], frames.Select(frame => frame.Values));
            Assert.Equal([0, 833, 1667], frames.Select(frame => frame.Monotonic.Ticks));
            Assert.True(source.IsWaveform);
        }
    }

    [Fact]
    public async Task The_time_of_a_late_sample_has_no_added_up_rounding()
    {
        var path = Write(Header("<f4", "(120001, 1)"), new float[120_001]);

        Assert.True(NpySensorSource.TryOpen(path, 1, 12_000, 0, TimeProvider.System, out var source, out _));

        using (source)
        {
            Assert.Equal(TimeSpan.FromSeconds(10), (await source.ReadAsync(default).ToListAsync())[^1].Monotonic);
        }
    }

    [Theory]
    [InlineData("<f8", "(3, 2)", "found values of type <f8")]
    [InlineData(">f4", "(3, 2)", "found values of type >f4")]
    [InlineData("<f4", "(6,)", "allowed: a .npy array")]
    [InlineData("<f4", "(1, 2, 3)", "allowed: a .npy array")]
    [InlineData("<f4", "(3, 4)", "found 4 columns, allowed: 2")]
    [InlineData("<f4", "(0, 2)", "found no samples")]
    [InlineData("<f4", "(9, 2)", "cut off")]
    [InlineData("<f4", "(99999999999999999999, 2)", "found the shape")]
    public void An_array_that_does_not_fit_is_one_clear_error(string type, string shape, string expected) =>
        AssertRefused(Write(Header(type, shape), [1, 2, 3, 4, 5, 6]), expected);

    [Theory]
    [InlineData("timestamp;flow\n1;2\n", "no NumPy header")]
    [InlineData("", "empty")]
    public void A_file_that_is_no_array_is_one_clear_error(string content, string expected)
    {
        var path = Path.Combine(_folder.Path, "x.npy");
        File.WriteAllText(path, content);

        AssertRefused(path, expected);
    }

    [Fact]
    public void A_header_that_claims_gigabytes_is_refused_unread()
    {
        var path = Path.Combine(_folder.Path, "x.npy");
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 2, 0, 0xff, 0xff, 0xff, 0xff, 1, 2, 3]);

        AssertRefused(path, "found a header of 4294967295 bytes");
    }

    private static void AssertRefused(string path, string expected)
    {
        Assert.False(NpySensorSource.TryOpen(path, 2, 12_000, 0, TimeProvider.System, out _, out var problem));
        Assert.Contains(expected, problem.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(path, problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.ToString());
    }

    private static byte[] Header(string type, string shape, byte version = 1)
    {
        var text = Encoding.Latin1.GetBytes($"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n");
        var length = new byte[version == 1 ? 2 : 4];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text];
    }

    private string Write(byte[] header, float[] values)
    {
        var path = Path.Combine(_folder.Path, "x.npy");
        File.WriteAllBytes(path, [.. header, .. MemoryMarshal.AsBytes(values.AsSpan())]);
        return path;
    }
}
