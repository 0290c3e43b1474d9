namespace EdgeAgent.Core.ModelPackages.Archives;

/// <summary>A stretch of a seekable stream, to be read once from front to back. Does not own the stream.</summary>
internal sealed class PackedBytes(Stream archive, long offset, long count) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => count;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        archive.Position = offset + _read;
        var read = archive.Read(buffer[..(int)Math.Min(buffer.Length, count - _read)]);
        _read += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
