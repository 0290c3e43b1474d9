namespace EdgeAgent.Core.Sampling;

/// <summary>
/// Where the channels of an IIO buffer lie in a sample. As the kernel packs them: in the order of their indexes, each at a multiple
/// of its own size, the whole a multiple of the largest.
/// <code>
///  x s16 | y s16 | z s16 | padding | timestamp s64
///  0       2       4       6         8            16 bytes
/// </code>
/// </summary>
public sealed class ScanLayout
{
    private readonly Dictionary<string, (ScanElement Element, int Offset)> _places = [];

    /// <param name="enabled">Every channel that is switched on, wanted or not.</param>
    public ScanLayout(IEnumerable<(string Channel, int Index, ScanElement Element)> enabled)
    {
        var largest = 1;
        foreach (var (channel, _, element) in enabled.OrderBy(each => each.Index))
        {
            var offset = RoundUp(Bytes, element.Bytes);
            _places[channel] = (element, offset);
            Bytes = offset + element.Bytes;
            largest = Math.Max(largest, element.Bytes);
        }

        Bytes = RoundUp(Bytes, largest);
    }

    /// <summary>The size of a sample of all channels.</summary>
    public int Bytes { get; }

    /// <returns>null where the channel is not switched on.</returns>
    public (ScanElement Element, int Offset)? Find(string channel) => _places.TryGetValue(channel, out var place) ? place : null;

    private static int RoundUp(int bytes, int multiple) => (bytes + multiple - 1) / multiple * multiple;
}
