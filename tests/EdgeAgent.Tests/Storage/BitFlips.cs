using System.Text.Json;
using EdgeAgent.Storage;

namespace EdgeAgent.Tests.Storage;

/// <summary>
/// Flips one bit at a time in the files of an outbox with known records, opens it as the agent would, and holds what is there
/// against what the bit can explain: the records whose bytes are on its page, and nothing else.
/// </summary>
internal sealed class BitFlips
{
    private const int Page = 4096;

    private readonly Random _random;
    private readonly string _folder;
    private readonly Dictionary<string, byte[]> _files;
    private readonly Dictionary<Guid, byte[]> _records;
    private readonly long _lastSeq;
    private int _noticed;
    private int _lost;

    public BitFlips(string folder, Random random)
    {
        _random = random;
        _folder = folder;
        var path = Path.Combine(folder, "outbox.db");
        using (var outbox = new Outbox(path))
        {
            // A history: much was delivered, so that there are free pages, and something waits in the file and in the log.
            var made = new List<OutboxRecord>();
            for (var i = 0; i < 60; i++)
            {
                made.AddRange(outbox.Commit([.. Enumerable.Range(0, 5).Select(_ => Item())], OutboxItems.Now));
                if (i == 45)
                {
                    outbox.Settle([.. made.Take(120).Select(record => new Settlement(record.Position, null))]);
                    Look(path, "PRAGMA wal_checkpoint(TRUNCATE)");
                }
            }

            _records = outbox.ReadAfter(0, 1000).ToDictionary(record => record.Id, record => record.Body);
            _lastSeq = outbox.Status().LastSeq;

            // As a kill leaves it: with a log that was not written back.
            _files = new[] { path, path + "-wal", Path.Combine(folder, "outbox.seq") }.ToDictionary(file => file, File.ReadAllBytes);
        }
    }

    public int Flips { get; private set; }

    public List<string> Problems { get; } = [];

    public string Summary => $"{Flips} flips, {_noticed} noticed as damage, {_lost} records lost of {(long)_records.Count * Flips}, {Problems.Count} problems";

    public void Flip()
    {
        Flips++;
        foreach (var file in Directory.GetFiles(_folder))
        {
            File.Delete(file);
        }

        // The reserve is one file in three, and a hundred times smaller: it is hit once in twenty times.
        var names = _files.Keys.ToList();
        var victim = _random.Next(20) == 0 ? names[2] : _random.Next(2) == 0 ? names[0] : names[1];
        var bit = _random.NextInt64(_files[victim].LongLength * 8);
        foreach (var (file, content) in _files)
        {
            var copy = content.ToArray();
            if (file == victim)
            {
                copy[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            }

            File.WriteAllBytes(file, copy);
        }

        var where = $"{Path.GetFileName(victim)} byte {bit / 8} bit {bit % 8}";
        try
        {
            Judge(where, Explained(victim, bit / 8));
        }
        catch (Exception e)
        {
            // Whatever it throws, the agent would not have started: that is the finding.
            Problems.Add($"{where}: {e.GetType().Name} {e.Message}");
        }
    }

    private void Judge(string where, HashSet<Guid> explained)
    {
        using var outbox = new Outbox(Path.Combine(_folder, "outbox.db"), new OutboxSettings { Notice = OutboxItems.Notice });
        var seq = outbox.Commit([OutboxItems.Decision()], OutboxItems.Now)[0].Seq;
        var read = Read(outbox);
        _noticed += read.Any(record => JsonDocument.Parse(record.Body).RootElement.GetProperty("code").GetString() == "outbox-recovered") ? 1 : 0;
        if (seq <= _lastSeq)
        {
            Problems.Add($"{where}: number {seq} was used again, {_lastSeq} was the last");
        }

        var there = read.ToDictionary(record => record.Id, record => record.Body);
        var missing = _records.Keys.Where(id => !there.ContainsKey(id)).ToList();
        _lost += missing.Count;
        if (missing.Any(id => !explained.Contains(id)))
        {
            Problems.Add($"{where}: {missing.Count} records are gone, {missing.Count(id => !explained.Contains(id))} of them lie elsewhere");
        }

        if (_records.Any(record => there.TryGetValue(record.Key, out var body) && !body.AsSpan().SequenceEqual(record.Value)))
        {
            Problems.Add($"{where}: a record came back with other bytes");
        }
    }

    /// <summary>The publisher tries again after a failure; so does this.</summary>
    private static IReadOnlyList<OutboxRecord> Read(Outbox outbox)
    {
        try
        {
            return outbox.ReadAfter(0, 10_000);
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return outbox.ReadAfter(0, 10_000);
        }
    }

    /// <summary>Records that have a byte on the page that was hit, in the file or in a frame of the log.</summary>
    private HashSet<Guid> Explained(string victim, long at)
    {
        var content = _files[victim];
        var from = victim.EndsWith("-wal", StringComparison.Ordinal) ? at < 32 ? 0 : 32 + ((at - 32) / (Page + 24) * (Page + 24)) : at / Page * Page;
        var page = content.AsSpan((int)from, (int)Math.Min(Page + 24, content.Length - from));
        var explained = new HashSet<Guid>();
        foreach (var id in _records.Keys)
        {
            if (page.IndexOf(System.Text.Encoding.ASCII.GetBytes(id.ToString())) >= 0)
            {
                explained.Add(id);
            }
        }

        return explained;
    }

    /// <summary>Most fit on a page, some have overflow pages; each says its id again and again, so that every page of it can be told.</summary>
    private OutboxItem.ForDecision Item()
    {
        var item = OutboxItems.Decision(_random.Next(3) switch { 0 => "info", 1 => "warning", _ => "critical" });
        var times = _random.Next(10) == 0 ? 250 : 1 + _random.Next(20);
        return new(item.Decision with { Code = string.Concat(Enumerable.Repeat(item.Decision.Id.ToString(), times)) });
    }

    private static void Look(string path, string sql)
    {
        using var connection = OutboxDatabase.Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
