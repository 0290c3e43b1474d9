namespace EdgeAgent.Sensors;

/// <summary>What has been met in a recording so far.</summary>
internal sealed class RecordingTally
{
    public long Rows { get; internal set; }

    /// <summary>Rows with the wrong number of fields; they count as rows without any reading.</summary>
    public long BrokenRows { get; internal set; }

    /// <summary>Line of the first broken row, from 1; 0 while there is none.</summary>
    public long FirstBrokenLine { get; internal set; }

    /// <summary>Cells of known rows that hold no number.</summary>
    public long MissingCells { get; internal set; }

    /// <summary>Rows whose time is unreadable, runs backwards, or leaps by more than an hour.</summary>
    public long ClockJumps { get; internal set; }

    /// <summary>Line of the first clock jump, from 1; 0 while there is none.</summary>
    public long FirstClockJumpLine { get; internal set; }
}
