using System.Globalization;
using System.Numerics;
using System.Text;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.Outbox;

namespace EdgeAgent.Storage;

/// <summary>One record as a row of the table `outbox`.</summary>
/// <param name="Position">0 = the database is to choose it.</param>
/// <param name="Rank">See <see cref="EvictionRank"/>.</param>
/// <param name="Alarm">Messages of one alarm keep their order; null for a notice.</param>
/// <param name="Parent">For a diagnosis: the decision that it explains, with which it goes.</param>
/// <param name="Synced">Whether <paramref name="MadeMs"/> can be believed: age counts only then.</param>
internal sealed record OutboxRow(
    long Position, string Id, string Kind, long? Seq, string Severity, int Rank, string? Alarm, string? Parent, bool Synced, long MadeMs, byte[] Body)
{
    /// <summary>What a row takes beside its body: its own columns, four index entries, page headers.</summary>
    private const int Overhead = 400;

    /// <summary>What the row counts against the quota.</summary>
    public int Size => Body.Length + Overhead;

    public static OutboxRow Of(OutboxItem item, long seq, DateTimeOffset now, bool synced) => item switch
    {
        OutboxItem.ForDecision { Decision: var made } => Of(made with { Seq = seq }, RankOf(item), now, synced),
        OutboxItem.ForDiagnosis { Diagnosis: var made, Severity: var severity } => new OutboxRow(
            0, made.Id.ToString(), OutboxRecord.DiagnosisKind, null, severity, RankOf(item), made.AlarmId.ToString(), made.DecisionId.ToString(),
            synced, now.ToUnixTimeMilliseconds(), DiagnosisJson.Write(made)),
        _ => throw new ArgumentException($"unknown item {item.GetType().Name}", nameof(item)),
    };

    public static OutboxRow Of(Decision decision, int rank, DateTimeOffset now, bool synced) => new(
        0, decision.Id.ToString(), OutboxRecord.DecisionKind, decision.Seq, decision.Severity, rank, decision.AlarmId?.ToString(), null,
        synced, now.ToUnixTimeMilliseconds(), DecisionJson.Write(decision));

    public static string IdOf(OutboxItem item) => item switch
    {
        OutboxItem.ForDecision { Decision: var made } => made.Id.ToString(),
        OutboxItem.ForDiagnosis { Diagnosis: var made } => made.Id.ToString(),
        _ => throw new ArgumentException($"unknown item {item.GetType().Name}", nameof(item)),
    };

    public static int RankOf(OutboxItem item) => item switch
    {
        OutboxItem.ForDecision { Decision: var made } => EvictionRank.Of(made.Severity, made.Kind == "machine"),
        OutboxItem.ForDiagnosis made => EvictionRank.Of(made.Severity, aboutMachine: true),
        _ => 0,
    };

    public Loss AsLoss(string reason) => new(reason, Severity, 1, Seq, Seq, MadeMs, MadeMs);

    public OutboxRecord AsRecord() => new(Position, Guid.Parse(Id, CultureInfo.InvariantCulture), Kind, Seq, MadeMs, Body) { Alarm = Alarm };

    /// <summary>A CRC-32C over every column: a flipped bit that the database itself does not notice is noticed here.</summary>
    public long Seal()
    {
        var crc = ~0u;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Position}|{Id}|{Kind}|{Seq}|{Severity}|{Rank}|{Alarm}|{Parent}|{Synced}|{MadeMs}|");
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        var body = Body.AsSpan();
        for (; body.Length >= sizeof(ulong); body = body[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BitConverter.ToUInt64(body));
        }

        foreach (var b in body)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
