using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Commanding;

namespace EdgeAgent.Tests.Mqtt.Commands;

/// <summary>A command whose effect is a line in a list; it can be held up.</summary>
/// <param name="other">Where its effects are noted, if not in its own list.</param>
internal sealed class NotedCommand(string name, NotedCommand? other = null) : ICommand
{
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _go = Done();

    public string Name => name;

    public bool HasEffect { get; init; } = true;

    public ConcurrentQueue<string> Effects { get; } = other?.Effects ?? new();

    /// <summary>Completes when the command is being carried out for the first time.</summary>
    public Task Began => _began.Task;

    /// <summary>From now on it takes until <see cref="Go"/>.</summary>
    public void Hold() => _go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Go() => _go.TrySetResult();

    public CommandRun? Prepare(string id, string? who, JsonElement arguments, out CommandProblem? problem)
    {
        var reader = new ArgumentReader(arguments);
        var number = reader.Whole("number", 0, 9, 0);
        problem = reader.Problem();
        return problem is null ? stop => RunAsync(id, number, stop) : null;
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private async ValueTask<CommandOutcome> RunAsync(string id, int number, CancellationToken stop)
    {
        _began.TrySetResult();
        await _go.Task.WaitAsync(stop);
        if (number == 9)
        {
            throw new InvalidOperationException("nine");
        }

        Effects.Enqueue(id);
        return CommandOutcome.Done("noted", new JsonObject { ["count"] = Effects.Count });
    }
}
