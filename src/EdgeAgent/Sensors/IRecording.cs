namespace EdgeAgent.Sensors;

/// <summary>A source that lies in a file: its rows can be told apart, and it ends.</summary>
internal interface IRecording : ISensorSource
{
    /// <summary>True where rows are samples of a fast signal, so that a score per row would only repeat itself.</summary>
    bool IsWaveform { get; }

    /// <summary>What was met so far; read it from the loop that reads the rows.</summary>
    RecordingTally Tally { get; }

    /// <summary>The same frames as <see cref="ISensorSource.ReadAsync"/>, each with its place in the file.</summary>
    IAsyncEnumerable<RecordedRow> ReadRowsAsync(CancellationToken cancellationToken);
}
