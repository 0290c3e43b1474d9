using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EdgeAgent.Tests.Mqtt;

/// <summary>What came, counted; and whether it came as the contract says.</summary>
public sealed class Receipts
{
    private readonly Dictionary<Guid, (UInt128 Bytes, int Session)> _messages = [];
    private readonly Dictionary<int, int> _sentAgainAfter = [];
    private readonly Dictionary<long, Guid> _bySeq = [];
    private readonly Dictionary<string, long> _lastSeqOf = [];
    private int _session;
    private bool _onlineAgain;

    public bool IsSubscribed { get; set; }

    /// <summary>Messages with an id that came, each counted once.</summary>
    public int Distinct => _messages.Count;

    /// <summary>Copies that an agent sent of what had come before.</summary>
    public long Duplicates { get; private set; }

    /// <summary>
    /// Most messages of one session, from one "online" of an agent to the next, that were sent again by a later one: what the crash or the
    /// lost connection at its end left without the sender knowing that it had come.
    /// </summary>
    public int MostAfterOneSession => _sentAgainAfter.Values.DefaultIfEmpty().Max();

    /// <summary>How often an agent said "online".</summary>
    public int Sessions => _session;

    /// <summary>Ids that came with two different bodies, and sequence numbers that two decisions have.</summary>
    public List<string> Unequal { get; } = [];

    /// <summary>Ids of decisions that came first after a later one of their alarm.</summary>
    public List<string> OutOfOrder { get; } = [];

    public long HighestSeq { get; private set; }

    /// <summary>Sequence numbers from 1 to the highest that did not come.</summary>
    public IEnumerable<long> Gaps() => Enumerable.Range(1, (int)HighestSeq).Select(seq => (long)seq).Where(seq => !_bySeq.ContainsKey(seq));

    public bool Has(Guid id) => _messages.ContainsKey(id);

    /// <param name="text">The body's own bytes.</param>
    /// <param name="sentAgain">The broker sent it again by itself.</param>
    public void Add(string topic, JsonElement body, ReadOnlySpan<char> text, bool sentAgain)
    {
        if (topic.EndsWith("/status", StringComparison.Ordinal))
        {
            var online = body.GetProperty("status").ValueEquals("online"u8);
            _session += online && !sentAgain ? 1 : 0;
            _onlineAgain |= online && sentAgain;
        }
        else if (body.TryGetProperty("id", out var written) && written.TryGetGuid(out var id))
        {
            // An "online" that the broker sends again may never have come before. It has if what was sent behind it has.
            _session += _onlineAgain && !(sentAgain && Has(id)) ? 1 : 0;
            _onlineAgain = false;
            Add(id, body, Fingerprint(text), sentAgain);
        }
    }

    private void Add(Guid id, JsonElement body, UInt128 bytes, bool sentAgain)
    {
        if (!_messages.TryGetValue(id, out var before))
        {
            _messages.Add(id, (bytes, _session));
            Number(id, body);
            return;
        }

        if (before.Bytes != bytes)
        {
            Unequal.Add($"{id} came with two bodies");
        }

        if (!sentAgain)
        {
            Duplicates++;
            _sentAgainAfter[before.Session] = _sentAgainAfter.GetValueOrDefault(before.Session) + 1;
            _messages[id] = (bytes, _session);
        }
    }

    private void Number(Guid id, JsonElement body)
    {
        if (!body.TryGetProperty("seq", out var number))
        {
            return;
        }

        var seq = number.GetInt64();
        HighestSeq = Math.Max(HighestSeq, seq);
        if (!_bySeq.TryAdd(seq, id))
        {
            Unequal.Add($"{id} and {_bySeq[seq]} have the same seq {seq}");
        }

        if (body.TryGetProperty("alarmId", out var alarm))
        {
            var lane = alarm.GetString()!;
            if (_lastSeqOf.TryGetValue(lane, out var last) && last > seq)
            {
                OutOfOrder.Add($"{id} seq {seq} came after seq {last} of the same alarm");
            }

            _lastSeqOf[lane] = seq;
        }
    }

    private static UInt128 Fingerprint(ReadOnlySpan<char> text) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
}
