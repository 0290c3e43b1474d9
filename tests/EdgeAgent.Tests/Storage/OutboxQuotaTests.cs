using System.Text.Json;
using EdgeAgent.Storage;

namespace EdgeAgent.Tests.Storage;

/// <summary>What goes when there is no room, and how it is told. On a real SQLite file.</summary>
public sealed class OutboxQuotaTests : IDisposable
{
    private static readonly DateTimeOffset Now = OutboxItems.Now;

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_lowest_severity_goes_first_and_within_it_the_oldest_and_machine_alarms_that_are_critical_last()
    {
        using var outbox = Open(maxBytes: 12_000);
        string[] severities = ["critical", "info", "warning"];
        for (var i = 0; i < 6; i++)
        {
            outbox.Commit([OutboxItems.Raised(severities[i % 3], Guid.NewGuid())], Now);
            outbox.Commit([OutboxItems.Decision("critical", "sensor", "raised", Guid.NewGuid())], Now);
        }

        // Every step needs room for one more machine/critical: what goes must come in the order of the ranks.
        var gone = new List<(int Rank, long Position)>();
        var before = Waiting(outbox);
        for (var i = 0; i < 25; i++)
        {
            outbox.Commit([OutboxItems.Raised("critical", Guid.NewGuid())], Now);
            var after = Waiting(outbox);
            gone.AddRange(before.Where(row => after.All(left => left.Position != row.Position)).Select(row => (row.Rank, row.Position)).Order());
            before = after;
        }

        Assert.True(gone.Count > 15, $"only {gone.Count} went");
        Assert.Equal([0, 1, 2, 3], gone.Select(row => row.Rank).Distinct());
        Assert.Equal(gone.OrderBy(row => row.Rank).ThenBy(row => row.Position), gone);
        Assert.InRange(outbox.Status().Bytes, 1, 12_000 + 1500);
        Assert.Equal(0, outbox.Status().Lost);
    }

    [Fact]
    public void A_diagnosis_goes_with_the_decision_that_it_explains()
    {
        using var outbox = Open(maxBytes: 6_000);
        var first = OutboxItems.Raised("warning", Guid.NewGuid());
        var second = OutboxItems.Raised("warning", Guid.NewGuid());
        outbox.Commit([first, second], Now);
        var explained = OutboxItems.DiagnosisOf(first);
        outbox.Commit([explained, OutboxItems.DiagnosisOf(second)], Now);

        for (var i = 0; outbox.ReadAfter(0, 100).Any(record => record.Id == first.Decision.Id); i++)
        {
            Assert.True(i < 20, "the oldest warning does not go");
            outbox.Commit([OutboxItems.Raised("critical", Guid.NewGuid())], Now);
        }

        Assert.DoesNotContain(outbox.ReadAfter(0, 100), record => record.Id == explained.Diagnosis.Id);
    }

    [Fact]
    public void The_first_loss_is_told_by_a_decision_of_the_same_commit_and_the_rest_by_one_more_after_it_was_delivered()
    {
        using var outbox = Open(maxBytes: 8_000);
        var notices = new List<JsonElement>();
        for (var i = 0; i < 400; i++)
        {
            var made = outbox.Commit([OutboxItems.Decision("info")], Now);
            notices.AddRange(made.Skip(1).Select(record => JsonDocument.Parse(record.Body).RootElement));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        // 400 commits, most of them with a loss, and nobody took the first notice yet.
        var first = Assert.Single(notices);
        Assert.Equal("records-lost", first.GetProperty("code").GetString());
        Assert.Equal("1", Data(first, "records"));
        Assert.Equal(("1", "1"), (Data(first, "fromSeq"), Data(first, "toSeq")));

        var waiting = outbox.ReadAfter(0, 1000).Single(record => JsonDocument.Parse(record.Body).RootElement.GetProperty("code").GetString() == "records-lost");
        outbox.Settle([new Settlement(waiting.Position, null)]);
        var second = JsonDocument.Parse(Assert.Single(outbox.Tend(Now, synced: true)).Body).RootElement;

        var status = outbox.Status();
        Assert.Equal(status.Evicted, Count(first, "records") + Count(second, "records"));
        Assert.Equal(status.Evicted, Count(first, "info") + Count(second, "info"));
        Assert.Equal("quota", Data(second, "why"));
        Assert.Equal(402, status.Stored);
        Assert.Equal(402, status.LastSeq);
        Assert.Equal(0, status.Lost);
        Assert.Empty(outbox.Tend(Now, synced: true));
    }

    [Fact]
    public void Losses_that_nobody_told_are_still_known_after_a_restart()
    {
        using (var outbox = Open(maxBytes: 3_000, tells: false))
        {
            for (var i = 0; i < 10; i++)
            {
                outbox.Commit([OutboxItems.Decision("info")], Now);
            }
        }

        using var reopened = Open(maxBytes: 30_000);
        var told = JsonDocument.Parse(Assert.Single(reopened.Tend(Now, synced: true)).Body).RootElement;

        Assert.Equal(reopened.Status().Evicted, Count(told, "records"));
        Assert.True(Count(told, "records") > 3);
    }

    [Fact]
    public void A_record_for_which_there_is_no_room_because_all_others_rank_higher_is_not_called_kept()
    {
        using var outbox = Open(maxBytes: 3_000);
        outbox.Commit([.. Enumerable.Range(0, 4).Select(_ => OutboxItems.Raised("critical", Guid.NewGuid()))], Now);

        var made = outbox.Commit([OutboxItems.Decision("info")], Now);

        Assert.False(made[0].Kept);
        Assert.DoesNotContain(outbox.ReadAfter(0, 100), record => record.Id == made[0].Id);
    }

    [Fact]
    public void Age_counts_only_where_both_clocks_were_right()
    {
        using var outbox = Open(maxBytes: 100_000, maxAge: TimeSpan.FromDays(30));
        outbox.Commit([OutboxItems.Decision("info")], DateTimeOffset.UnixEpoch, synced: false);
        outbox.Commit([OutboxItems.Decision("info")], Now, synced: true);

        outbox.Tend(Now.AddYears(5), synced: false);
        Assert.Equal(2, outbox.Status().Waiting);

        outbox.Tend(Now.AddDays(29), synced: true);
        Assert.Equal(2, outbox.Status().Waiting);

        var told = JsonDocument.Parse(Assert.Single(outbox.Tend(Now.AddDays(31), synced: true)).Body).RootElement;
        Assert.Equal(("age", "1", "2"), (Data(told, "why"), Data(told, "records"), Data(told, "fromSeq")));
    }

    [Fact]
    public void Dead_letters_make_room_before_anything_that_still_has_a_chance()
    {
        using var outbox = Open(maxBytes: 6_000);
        var dead = outbox.Commit([OutboxItems.Raised("critical", Guid.NewGuid())], Now)[0];
        outbox.Settle([new Settlement(dead.Position, 0x95)]);
        var bytes = outbox.Status().Bytes;
        Assert.True(bytes > 0);

        for (var i = 0; outbox.Status().Bytes + 700 < 6_000; i++)
        {
            outbox.Commit([OutboxItems.Decision("info")], Now);
        }

        outbox.Commit([OutboxItems.Decision("info")], Now);

        Assert.Equal(0, outbox.Status().Evicted);
        Assert.Equal(1, outbox.Status().Dead);
    }

    [Fact]
    public void However_the_severities_are_mixed_the_file_stays_near_the_quota()
    {
        const int quota = 2 << 20;
        using var outbox = Open(quota, tells: false);
        var random = new Random(1);
        string[] severities = ["info", "warning", "critical"];
        for (var i = 0; i < 150; i++)
        {
            // First evenly mixed, then ever more of the highest, so that what goes leaves holes between what stays.
            outbox.Commit([.. Enumerable.Range(0, 50).Select(_ => OutboxItems.Decision(severities[Math.Min(2, random.Next(3) + (i / 50))], padding: random.Next(1500)))], Now);
        }

        var file = new FileInfo(Path.Combine(_folder.Path, "outbox.db")).Length;
        Assert.True(outbox.Status().Evicted > 1000, $"only {outbox.Status().Evicted} went");
        Assert.InRange(outbox.Status().Bytes, quota * 9 / 10, quota);
        Assert.True(file < quota * 3 / 2, $"{file} bytes for a quota of {quota}");
    }

    private Outbox Open(long maxBytes, TimeSpan? maxAge = null, bool tells = true) => new(
        Path.Combine(_folder.Path, "outbox.db"),
        new OutboxSettings { MaxBytes = maxBytes, MaxAge = maxAge, Notice = tells ? OutboxItems.Notice : null, Time = _time });

    private List<(long Position, int Rank)> Waiting(Outbox outbox)
    {
        var bodies = outbox.ReadAfter(0, 1000).Select(record => (record.Position, Json: JsonDocument.Parse(record.Body).RootElement));
        return [.. bodies.Where(row => Code(row.Json) != "records-lost").Select(row => (row.Position, (Text(row.Json, "severity"), Text(row.Json, "kind")) switch
        {
            ("info", _) => 0,
            ("warning", _) => 1,
            ("critical", "machine") => 3,
            _ => 2,
        }))];
    }

    private static string? Code(JsonElement json) => Text(json, "code");

    private static string? Text(JsonElement json, string key) => json.TryGetProperty(key, out var value) ? value.GetString() : null;

    private static string? Data(JsonElement json, string key) => Text(json.GetProperty("data"), key);

    private static long Count(JsonElement json, string key) => long.Parse(Data(json, key)!, System.Globalization.CultureInfo.InvariantCulture);
}
