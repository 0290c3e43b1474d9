namespace EdgeAgent.Commanding;

/// <summary>Why a command is not carried out.</summary>
/// <param name="Code">One of <see cref="CommandCodes"/>.</param>
/// <param name="Text">For a person, one line.</param>
internal sealed record CommandProblem(string Code, string Text);
