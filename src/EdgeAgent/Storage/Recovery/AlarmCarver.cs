using EdgeAgent.Core.Alarms;

namespace EdgeAgent.Storage.Recovery;

/// <summary>Finds what is readable in a damaged alarms.db: where alarms stand, their history, and what was said about them.</summary>
internal sealed class AlarmCarver
{
    private const int StandingColumns = 3;
    private const int FeedbackColumns = 5;

    private readonly HashSet<long> _damaged = [];
    private readonly Dictionary<Guid, AlarmHistoryRow> _history = [];

    public Dictionary<AlarmSource, SourceState> Standing { get; } = [];

    /// <summary>In the order of their numbers, each with one of its own.</summary>
    public IReadOnlyList<AlarmHistoryRow> History => Numbered();

    public Dictionary<string, (long AtMs, string Verdict, string? Who, string? Comment)> Feedback { get; } = [];

    /// <summary>Lines of the history that were recognized, and are sound nowhere.</summary>
    public int Damaged => _damaged.Except(_history.Values.Select(row => row.Number)).Count();

    public static AlarmCarver Carve(string path)
    {
        var carver = new AlarmCarver();
        PageCarving.EachPage(path, sealedRows: false, carver.Look);
        return carver;
    }

    private void Look(DatabasePages pages, byte[] page)
    {
        foreach (var (number, payload) in PageCells.OfTable(pages, page, AlarmHistoryRow.Columns))
        {
            if (RecordFields.TryRead(payload, AlarmHistoryRow.Columns) is { } fields && fields.Text(2) is "decision" or "diagnosis")
            {
                Take(AlarmHistoryRow.TryRead(fields, number), number);
            }
        }

        foreach (var (_, payload) in PageCells.OfIndex(pages, page))
        {
            TakeStanding(RecordFields.TryRead(payload, StandingColumns));
            TakeFeedback(RecordFields.TryRead(payload, FeedbackColumns));
        }
    }

    private void Take(AlarmHistoryRow? row, long number)
    {
        if (row is null)
        {
            _damaged.Add(number);
        }
        else
        {
            _history.TryAdd(row.Id, row);
        }
    }

    /// <summary>A flipped bit can give a line the number of another: both stay, the second behind all others.</summary>
    private List<AlarmHistoryRow> Numbered()
    {
        var groups = _history.Values.GroupBy(row => row.Number).OrderBy(group => group.Key).ToList();
        var next = groups.Count > 0 ? groups[^1].Key : 0;
        return [.. groups.Select(group => group.First()), .. groups.SelectMany(group => group.Skip(1)).Select(row => row with { Number = ++next })];
    }

    private void TakeStanding(RecordFields? fields)
    {
        if (fields?.Blob(2) is { } blob && SourceStateJson.TryRead(blob) is { } state && state.Source.Kind == fields.Text(0) && state.Source.Name == fields.Text(1))
        {
            Standing.TryAdd(state.Source, state);
        }
    }

    private void TakeFeedback(RecordFields? fields)
    {
        if (fields?.Text(0) is { } alarm && Guid.TryParse(alarm, out _) && fields.Integer(1) is { } at && fields.Text(2) is { } verdict)
        {
            Feedback.TryAdd(alarm, (at, verdict, fields.Text(3), fields.Text(4)));
        }
    }
}
