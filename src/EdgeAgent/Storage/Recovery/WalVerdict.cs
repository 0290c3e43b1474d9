namespace EdgeAgent.Storage.Recovery;

/// <summary>
/// What the frames of a log say together. A frame that is wrong may have been damaged, and then what lies behind it counts; or a
/// power cut came while its transaction was being written, and then that transaction was never acknowledged.
/// </summary>
/// <param name="Intact">SQLite uses the frames before this one.</param>
/// <param name="IsBroken">A transaction ends at or behind a wrong frame, and may have been acknowledged.</param>
internal sealed record WalVerdict(int Intact, bool IsBroken, IReadOnlyList<WalFrame> Sound, IReadOnlyList<WalFrame> Broken)
{
    public static WalVerdict Empty { get; } = new(0, false, [], []);

    public static WalVerdict Of(List<WalFrame> frames)
    {
        var wrong = frames.FindIndex(frame => !frame.IsSound);
        wrong = wrong < 0 ? frames.Count : wrong;
        var intact = wrong == 0 ? 0 : frames.FindLastIndex(wrong - 1, frame => frame.Ends) + 1;
        var own = frames.FindAll(frame => frame.Number >= intact && !frame.IsForeign);
        return own.Exists(frame => frame.Number >= wrong && frame.Ends) && !IsTorn(frames, own, intact)
            ? new(intact, true, [.. frames.Where(frame => frame.IsSound && !IsUncommitted(frame, own))], own.FindAll(frame => !frame.IsSound))
            : new(intact, false, frames.GetRange(0, intact), []);
    }

    /// <summary>
    /// The last transaction has an end, and before it a frame that was never written: one fsync covers both, so it never
    /// returned. A frame that a damaged disk changed still says to which log it belongs. Or its very last frame is wrong, and no single bit
    /// makes it so: a frame is written in two calls, and a kill came between them.
    /// </summary>
    private static bool IsTorn(List<WalFrame> frames, List<WalFrame> own, int intact)
    {
        var last = own[^1];
        return last.Ends && own.Count(frame => frame.Ends) == 1
            && (frames.Exists(frame => frame.IsForeign && frame.Number >= intact && frame.Number < last.Number)
                || (!last.IsSound && !last.IsFlipped && own.TrueForAll(frame => frame.IsSound || frame == last)));
    }

    /// <summary>A sound frame behind which no transaction ends, as far as can be told.</summary>
    private static bool IsUncommitted(WalFrame frame, List<WalFrame> own) =>
        own.Count > 0 && frame.Number >= own[0].Number && !own.Exists(other => other.Number >= frame.Number && (other.Ends || !other.IsSound));
}
