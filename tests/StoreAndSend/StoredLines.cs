using EdgeAgent.Pipeline;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.StoreAndSend;

/// <summary>The store loop's log on stdout, unbuffered, line for line: what it calls stored is stored.</summary>
internal sealed class StoredLines : ILogger<StoreLoop>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Say(formatter(state, exception));
}
