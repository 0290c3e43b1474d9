using System.Text;
using EdgeAgent.Tests.Storage.PowerLoss;

namespace EdgeAgent.Tests.Storage;

/// <summary>
/// Flips one bit at a time in a database and its log, lets the agent open it, and holds what is there against what the bit can explain:
/// what has its mark on the page that was hit, and nothing else.
/// </summary>
/// <param name="markOf">The text that lies on every page that holds a part of what a key names.</param>
/// <param name="look">Opens the database as the agent does: what there is, and whether it was taken for damaged.</param>
internal sealed class StoreFlips(string database, Random random, Func<string, string> markOf, Func<(StoredState State, bool Noticed)> look)
{
    private const int Page = 4096;
    private const int FrameHeader = 24;
    private const int LogHeader = 32;

    /// <summary>As they lie when this is made: after a kill, with a log that was not written back.</summary>
    private readonly Dictionary<string, byte[]> _files = new[] { database, database + "-wal" }.ToDictionary(file => file, File.ReadAllBytes);
    private StoredState _whole = new();
    private int _flips;
    private int _noticed;
    private int _lost;

    public List<string> Problems { get; } = [];

    public string Summary => $"{_flips} flips, {_noticed} noticed as damage, {_lost} of {(long)_whole.Prints.Count * _flips} things lost or changed, {Problems.Count} problems";

    /// <summary>Looks at the files as they are; the store that made them is closed by now.</summary>
    /// <returns>How many things there are.</returns>
    public int LookAtWhole()
    {
        Lay("", 0);
        _whole = look().State;
        return _whole.Prints.Count;
    }

    public void Flip()
    {
        _flips++;
        var victim = random.Next(2) == 0 ? database : database + "-wal";
        var bit = random.NextInt64(_files[victim].LongLength * 8);
        Lay(victim, bit);
        var where = $"{Path.GetFileName(victim)} byte {bit / 8} bit {bit % 8}";
        try
        {
            var (state, noticed) = look();
            _noticed += noticed ? 1 : 0;
            Judge(where, state, PageAround(victim, bit));
        }
        catch (Exception e)
        {
            // Whatever it throws, the agent would not have started: that is the finding.
            Problems.Add($"{where}: {e.GetType().Name} {e.Message}");
        }
    }

    private void Lay(string victim, long bit)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(database)!))
        {
            File.Delete(file);
        }

        foreach (var (file, content) in _files)
        {
            var copy = content.ToArray();
            copy[bit / 8 % copy.Length] ^= (byte)(file == victim ? 1 << (int)(bit % 8) : 0);
            File.WriteAllBytes(file, copy);
        }
    }

    private void Judge(string where, StoredState state, ReadOnlySpan<byte> page)
    {
        foreach (var (key, print) in _whole.Prints)
        {
            if (state.Prints.GetValueOrDefault(key) != print)
            {
                _lost++;
                if (page.IndexOf(Encoding.ASCII.GetBytes(markOf(key))) < 0)
                {
                    Problems.Add($"{where}: {key} is {state.Prints.GetValueOrDefault(key) ?? "gone"} and lies elsewhere");
                }
            }
        }

        if (state.Prints.Keys.FirstOrDefault(key => !_whole.Prints.ContainsKey(key)) is { } more && page.IndexOf(Encoding.ASCII.GetBytes(markOf(more))) < 0)
        {
            Problems.Add($"{where}: {more} was never stored");
        }
    }

    /// <summary>
    /// The page that was hit, in the file or in a frame of the log, as it was and as it is: one flipped bit can give a thing the name of another.
    /// With the log's header goes its first frame.
    /// </summary>
    private byte[] PageAround(string victim, long bit)
    {
        var content = _files[victim];
        var at = bit / 8;
        var from = !victim.EndsWith("-wal", StringComparison.Ordinal) ? at / Page * Page
            : at < LogHeader ? 0 : LogHeader + ((at - LogHeader) / (Page + FrameHeader) * (Page + FrameHeader));
        var before = content.AsSpan((int)from, (int)Math.Min(Page + FrameHeader + LogHeader, content.Length - from)).ToArray();
        var after = before.ToArray();
        after[at - from] ^= (byte)(1 << (int)(bit % 8));
        return [.. before, .. after];
    }
}
