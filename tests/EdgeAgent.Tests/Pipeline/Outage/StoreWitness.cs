using System.Collections.Concurrent;
using EdgeAgent.Pipeline;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Tests.Pipeline.Outage;

/// <summary>Keeps what the store loop's log says of each record: stored, or no room for it.</summary>
internal sealed class StoreWitness : ILogger<StoreLoop>
{
    private const int Stored = 120;
    private const int NoRoom = 123;
    private readonly ConcurrentDictionary<Guid, bool> _decisions = new();
    private int _diagnoses;

    public int Diagnoses => Volatile.Read(ref _diagnoses);

    public bool IsDoneWith(Guid decision) => _decisions.ContainsKey(decision);

    public bool HasStored(Guid decision) => _decisions.GetValueOrDefault(decision);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id is not (Stored or NoRoom) || state is not IReadOnlyList<KeyValuePair<string, object?>> said)
        {
            return;
        }

        if (said.Any(part => part.Value is "diagnosis"))
        {
            Interlocked.Increment(ref _diagnoses);
        }
        else
        {
            _decisions[said.Select(part => part.Value).OfType<Guid>().Single()] = eventId.Id == Stored;
        }
    }
}
