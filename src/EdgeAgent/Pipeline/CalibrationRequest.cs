using EdgeAgent.Commanding;

namespace EdgeAgent.Pipeline;

/// <summary>Somebody wants a calibration.</summary>
/// <param name="id">The command's.</param>
/// <param name="who">Who the command says it is of.</param>
internal sealed class CalibrationRequest(string id, string? who)
{
    private readonly TaskCompletionSource<(int Windows, CommandProblem? Problem)> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => id;

    public string? Who => who;

    /// <summary>How many windows are collected, or why none are.</summary>
    public Task<(int Windows, CommandProblem? Problem)> Answer => _answer.Task;

    public void Grant(int windows) => _answer.TrySetResult((windows, null));

    public void Refuse(CommandProblem problem) => _answer.TrySetResult((0, problem));
}
