using EdgeAgent.Pipeline;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Tests.Pipeline.Outage;

/// <summary>Counts what the store loop's log says of each record: stored, or no room for it.</summary>
internal sealed class StoreWitness : ILogger<StoreLoop>
{
    private const int Stored = 120;
    private const int NoRoom = 123;
    private int _decisions;
    private int _diagnoses;

    /// <summary>Decisions that are done with, notices of the outbox's own included.</summary>
    public int Decisions => Volatile.Read(ref _decisions);

    public int Diagnoses => Volatile.Read(ref _diagnoses);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id is Stored or NoRoom)
        {
            Interlocked.Increment(ref formatter(state, exception).Contains("diagnosis", StringComparison.Ordinal) ? ref _diagnoses : ref _decisions);
        }
    }
}
