namespace EdgeAgent.Language;

/// <summary>How the language model is run.</summary>
internal sealed record LanguageWorkerOptions
{
    /// <summary>The package's folder; null explains with the template only.</summary>
    public string? Package { get; init; }

    /// <summary>For one explanation, with everything: waiting for a turn, starting the worker, loading the model.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Memory that the worker may take for itself.</summary>
    public int MemoryLimitMB { get; init; } = 512;

    /// <summary>Threads of the graph; 1 leaves the other cores to the machine's watch.</summary>
    public int Threads { get; init; } = 1;
}
