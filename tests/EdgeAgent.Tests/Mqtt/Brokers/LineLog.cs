using Microsoft.Extensions.Logging;

namespace EdgeAgent.Tests.Mqtt.Brokers;

/// <summary>Keeps what is logged, and lets a test wait for a line.</summary>
internal sealed class LineLog<T> : ILogger<T>
{
    private readonly List<string> _lines = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        TaskCompletionSource told;
        lock (_lines)
        {
            _lines.Add(formatter(state, exception));
            told = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        told.TrySetResult();
    }

    /// <summary>The <paramref name="count"/>th line that holds the text.</summary>
    public async Task<string> WaitForAsync(string text, CancellationToken limit, int count = 1)
    {
        while (true)
        {
            Task more;
            lock (_lines)
            {
                var found = _lines.Where(line => line.Contains(text, StringComparison.Ordinal)).Take(count).ToList();
                if (found.Count == count)
                {
                    return found[^1];
                }

                more = _more.Task;
            }

            try
            {
                await more.WaitAsync(limit);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"'{text}' was not logged {count} times, but:\n{string.Join('\n', Lines)}");
            }
        }
    }
}
