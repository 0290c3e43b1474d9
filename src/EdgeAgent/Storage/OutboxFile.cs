using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>The open database, used by one caller at a time; after a failure it is opened again, and repaired, by the next.</summary>
internal sealed class OutboxFile(string path, OutboxSettings settings)
{
    /// <summary>Opening reads the log and checks the content: a disk that stays read-only must not cost a core.</summary>
    private static readonly TimeSpan BetweenOpenings = TimeSpan.FromMilliseconds(200);

    /// <summary>A disk that writes nothing for so long may have come back as another one: the file is opened again.</summary>
    private static readonly TimeSpan LongestTrouble = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly OutboxOpening _opening = new(path, settings);
    private OutboxTable? _table;
    private SequenceReserve? _reserve;
    private (long At, SqliteException Why)? _refused;
    private long? _failsSince;

    /// <summary>Set while the file is open.</summary>
    public SequenceReserve Reserve => _reserve!;

    /// <summary>What counts against the quota; changed only inside <see cref="Use"/>, after a commit.</summary>
    public long Bytes { get; set; }

    /// <exception cref="SqliteException">The disk is full, read-only or broken.</exception>
    public T Use<T>(Func<OutboxTable, T> work)
    {
        lock (_gate)
        {
            try
            {
                if (_table is null)
                {
                    if (_refused is { } refused && settings.Time.GetElapsedTime(refused.At) < BetweenOpenings)
                    {
                        throw new SqliteException(refused.Why.Message, refused.Why.SqliteErrorCode);
                    }

                    _refused = null;
                    (_table, _reserve) = _opening.Open();
                    Bytes = _table.Bytes();
                }

                var done = work(_table);
                if (_failsSince is not null && _table.TryBeginLogAnew())
                {
                    _failsSince = null;
                }

                return done;
            }
            catch (SqliteException e)
            {
                if (e.SqliteErrorCode is not (SqliteCodes.Busy or SqliteCodes.Constraint))
                {
                    _failsSince ??= settings.Time.GetTimestamp();
                }

                var patient = _failsSince is null || e.SqliteErrorCode != SqliteCodes.InputOutput || settings.Time.GetElapsedTime(_failsSince.Value) < LongestTrouble;
                if (!(SqliteFile.LeavesSound(e) && patient))
                {
                    var damaged = e.SqliteErrorCode is SqliteCodes.Error or SqliteCodes.Corrupt or SqliteCodes.NotADatabase;
                    _opening.Suspect |= damaged;
                    _refused ??= damaged ? null : (settings.Time.GetTimestamp(), e);
                    Close();
                }
                else if (_table is null)
                {
                    _refused ??= (settings.Time.GetTimestamp(), e);
                }

                throw;
            }
        }
    }

    /// <param name="last">Done before, if the file is open; a disk that refuses it is ignored.</param>
    public void Dispose(Action<OutboxTable> last)
    {
        lock (_gate)
        {
            try
            {
                if (_table is not null)
                {
                    last(_table);
                }
            }
            catch (SqliteException)
            {
                // Costs the meter of wear a quarter of an hour at most, and nothing else.
            }

            Close();
        }
    }

    private void Close()
    {
        _failsSince = null;
        _table?.Dispose();
        _table = null;
    }
}
