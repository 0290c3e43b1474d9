namespace EdgeAgent.Storage;

/// <summary>Reads the counts; within one transaction, so that they fit each other.</summary>
internal static class OutboxStatusReader
{
    public static OutboxStatus Read(OutboxTable table)
    {
        using var transaction = table.BeginReading();
        var waiting = table.Scalar("SELECT COUNT(*) FROM outbox");
        var written = table.Counter("written_s") > 0;
        return new OutboxStatus(
            table.Counter("stored"),
            table.Counter("delivered"),
            waiting,
            table.Counter("dead"),
            table.Counter("seq"),
            waiting == 0 ? null : table.Scalar("SELECT MIN(made_ms) FROM outbox"),
            table.Counter("evicted"),
            table.Counter("drained"),
            table.Counter("damaged"),
            table.Bytes())
        {
            WrittenBytes = written ? table.Counter("written") : null,
            WrittenSeconds = written ? table.Counter("written_s") : null,
        };
    }
}
