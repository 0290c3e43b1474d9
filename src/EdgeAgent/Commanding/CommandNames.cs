namespace EdgeAgent.Commanding;

/// <summary>The commands, as topics and the config's list name them.</summary>
internal static class CommandNames
{
    public const string Acknowledge = "acknowledge";
    public const string Calibrate = "calibrate";
    public const string Feedback = "feedback";
    public const string LogLevel = "log-level";
    public const string ModelList = "model-list";
    public const string ModelRollback = "model-rollback";
    public const string Reset = "reset";
    public const string RestartPipeline = "restart-pipeline";
    public const string Shelve = "shelve";
    public const string Snapshot = "snapshot";
    public const string Status = "status";
    public const string Unshelve = "unshelve";
}
