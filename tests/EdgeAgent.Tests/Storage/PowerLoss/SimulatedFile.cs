namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>
/// One file on a disk that may lose power: what is durable, and for every 512-byte sector that was written since, what it held after
/// each write. A sector is never half of two of them.
/// </summary>
internal sealed class SimulatedFile
{
    public const int Sector = 512;

    private readonly SortedDictionary<long, List<(byte[] Content, bool Doubtful)>> _pending = [];
    private readonly List<long> _pendingLengths = [];
    private byte[] _durable = [];
    private byte[] _now = [];
    private long _durableLength;
    private long _length;

    public void Write(long offset, ReadOnlySpan<byte> data)
    {
        Reserve(ref _now, offset + data.Length);
        data.CopyTo(_now.AsSpan((int)offset));
        if (offset + data.Length > _length)
        {
            SetLength(offset + data.Length);
        }

        Touch(offset, offset + data.Length);
    }

    public void Truncate(long length)
    {
        if (length < _length)
        {
            var cut = _length;
            _now.AsSpan((int)length, (int)(_length - length)).Clear();
            SetLength(length);
            Touch(length, cut);
        }
        else if (length > _length)
        {
            SetLength(length);
        }
    }

    /// <param name="failed">
    /// The kernel tells a failed fsync once and forgets that it still had to write: what is not written again may never be durable,
    /// whatever later fsyncs say.
    /// </param>
    public void Sync(bool failed)
    {
        foreach (var (sector, versions) in _pending.ToArray())
        {
            if (failed)
            {
                _pending[sector] = [.. versions.Select(version => (version.Content, true))];
            }
            else if (!versions[^1].Doubtful)
            {
                Reserve(ref _durable, (sector + 1) * Sector);
                versions[^1].Content.CopyTo(_durable, sector * Sector);
                _pending.Remove(sector);
            }
        }

        if (!failed)
        {
            _durableLength = _length;
            _pendingLengths.Clear();
        }
    }

    /// <summary>The file as a power cut leaves it.</summary>
    /// <param name="version">For a place among the pending sectors, their number, and the number n of versions: 0 = as it was, n = as it is.</param>
    /// <param name="length">For the number n of lengths that it had since: 0 = as it was, n = as it is.</param>
    public byte[] After(Func<int, int, int, int> version, Func<int, int> length)
    {
        var kept = length(_pendingLengths.Count) is var index and > 0 ? _pendingLengths[index - 1] : _durableLength;
        var image = new byte[kept];
        _durable.AsSpan(0, (int)Math.Min(kept, _durable.Length)).CopyTo(image);
        var place = 0;
        foreach (var (sector, versions) in _pending)
        {
            var at = sector * Sector;
            if (version(place++, _pending.Count, versions.Count) is var chosen and > 0 && at < kept)
            {
                versions[chosen - 1].Content.AsSpan(0, (int)Math.Min(Sector, kept - at)).CopyTo(image.AsSpan((int)at));
            }
        }

        return image;
    }

    private void SetLength(long length)
    {
        _length = length;
        _pendingLengths.Add(length);
    }

    private void Touch(long from, long until)
    {
        for (var sector = from / Sector; sector * Sector < until; sector++)
        {
            Reserve(ref _now, (sector + 1) * Sector);
            if (!_pending.TryGetValue(sector, out var versions))
            {
                _pending[sector] = versions = [];
            }

            versions.Add((_now.AsSpan((int)(sector * Sector), Sector).ToArray(), false));
        }
    }

    private static void Reserve(ref byte[] content, long length)
    {
        if (content.Length < length)
        {
            Array.Resize(ref content, (int)Math.Max(length, Math.Min(2L * content.Length, content.Length + (1 << 20))));
        }
    }
}
