namespace EdgeAgent.Storage;

/// <summary>The primary result codes that are told apart here: https://sqlite.org/rescode.html</summary>
internal static class SqliteCodes
{
    public const int Error = 1;
    public const int Busy = 5;
    public const int ReadOnly = 8;
    public const int Interrupt = 9;
    public const int InputOutput = 10;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int Schema = 17;
    public const int Constraint = 19;
    public const int Mismatch = 20;
    public const int NotADatabase = 26;

    // Extended codes: of the reasons for InputOutput, those where a write did not get through.
    public const int WriteFailed = InputOutput | (3 << 8);
    public const int SyncFailed = InputOutput | (4 << 8);
    public const int FolderSyncFailed = InputOutput | (5 << 8);
    public const int TruncateFailed = InputOutput | (6 << 8);
}
