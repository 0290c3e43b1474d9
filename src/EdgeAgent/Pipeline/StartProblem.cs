namespace EdgeAgent.Pipeline;

/// <summary>Why the agent cannot start, in one line, and the exit code that says what kind of reason it is.</summary>
internal sealed record StartProblem(int ExitCode, string Text);
