namespace EdgeAgent.Pipeline;

/// <summary>Whether the disk takes what is decided: the store loop shows it, the publish loop tells it. Thread-safe.</summary>
internal sealed class StorageSign
{
    public const string Ok = "ok";
    public const string Full = "full";
    public const string Failing = "failing";

    private volatile string _state = Ok;

    public string State => _state;

    /// <returns>True if that is news.</returns>
    public bool Show(string state) => Interlocked.Exchange(ref _state, state) != state;
}
