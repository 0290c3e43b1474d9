namespace EdgeAgent.Replay;

/// <summary>Decisions and diagnoses, one JSON per line, told apart by their <c>schema</c>.</summary>
internal sealed class DecisionFile(Stream stream) : IDisposable
{
    public void Write(byte[] json)
    {
        stream.Write(json);
        stream.WriteByte((byte)'\n');
    }

    public void Dispose() => stream.Dispose();
}
