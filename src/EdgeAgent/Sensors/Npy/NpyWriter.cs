using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeAgent.Sensors.Npy;

/// <summary>Writes a NumPy array file, version 1, of float32 [samples, channels]; <see cref="NpySensorSource"/> reads it.</summary>
internal sealed class NpyWriter : IDisposable
{
    private const int Alignment = 64;

    private readonly Stream _stream;

    public NpyWriter(Stream stream, long rows, int columns)
    {
        _stream = stream;
        var text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}";
        var padded = text.PadRight((((10 + text.Length) / Alignment) + 1) * Alignment - 11) + "\n";
        Span<byte> start = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(start[8..], (ushort)padded.Length);
        stream.Write(start);
        stream.Write(Encoding.Latin1.GetBytes(padded));
    }

    public void Write(ReadOnlySpan<float> row) => _stream.Write(MemoryMarshal.AsBytes(row));

    public void Dispose() => _stream.Dispose();
}
