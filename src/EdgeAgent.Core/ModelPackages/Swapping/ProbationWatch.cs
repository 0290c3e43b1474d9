using System.Globalization;

namespace EdgeAgent.Core.ModelPackages.Swapping;

/// <summary>Watches a model that was just taken into use. One that breaks a rule goes back.</summary>
/// <remarks>Its time begins with the first reading; all times are monotonic, of the readings.</remarks>
/// <param name="hop">Time between two windows.</param>
public sealed class ProbationWatch(ProbationLimits limits, TimeSpan hop)
{
    /// <summary>One slow window is the machine's doing; so many in a row are the model's.</summary>
    public const int MostSlowInARow = 3;

    private static readonly TimeSpan StormTime = TimeSpan.FromHours(1);

    private readonly Queue<TimeSpan> _raised = new();
    private TimeSpan? _from;
    private TimeSpan _passed;
    private int _slow;

    /// <summary>It has lasted the whole time.</summary>
    public bool IsOver => _passed >= limits.For;

    /// <summary>It has scored for long enough that a start of it counts as a good one.</summary>
    public bool IsSteady => _passed >= BootRule.Steady;

    /// <summary>Judged before the window counts: a window that breaks this rule is scored by the model before.</summary>
    public static string? FaultOf(float score) =>
        float.IsFinite(score) ? null : Text($"it gave the score {score}, which is no number");

    /// <summary>Judged after a reading, whose outcome stands.</summary>
    /// <param name="took">null where no window was scored.</param>
    /// <param name="raised">The reading raised a machine alarm.</param>
    /// <returns>null, or the rule that it breaks.</returns>
    public string? Follow(TimeSpan now, TimeSpan? took, bool raised)
    {
        _from ??= now;
        _passed = now - _from.Value;
        _slow = took is not { } time ? _slow : time > hop ? _slow + 1 : 0;
        if (raised)
        {
            _raised.Enqueue(now);
        }

        while (_raised.TryPeek(out var first) && now - first > StormTime)
        {
            _raised.Dequeue();
        }

        return _slow >= MostSlowInARow ? Text($"{_slow} windows in a row took longer than the {hop.TotalMilliseconds:0.#} ms from one to the next")
            : _raised.Count > limits.AlarmsPerHour ? Text($"it raised {_raised.Count} alarms within an hour; allowed: {limits.AlarmsPerHour}")
            : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
