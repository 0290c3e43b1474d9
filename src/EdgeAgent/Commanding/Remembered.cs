namespace EdgeAgent.Commanding;

/// <param name="Answer">For <see cref="RememberedState.Answered"/>: the first answer, byte for byte.</param>
/// <param name="Trouble">For <see cref="RememberedState.Trouble"/>.</param>
internal readonly record struct Remembered(RememberedState State, byte[]? Answer = null, string? Trouble = null);
