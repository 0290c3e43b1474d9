using System.Globalization;

namespace EdgeAgent.Mqtt.Brokers;

/// <summary>What can be said of the wall clock when a certificate's dates do not fit it.</summary>
/// <param name="isSynchronized">Whether a time service steers the clock.</param>
/// <param name="made">When this agent was made: no right clock shows an earlier time. Null where that is not known.</param>
internal sealed class ClockJudgement(TimeProvider time, Func<bool> isSynchronized, DateTimeOffset? made)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public string Describe()
    {
        var says = $"this device's clock says {Text(Now)}";
        if (Now < made)
        {
            return $"{says}, which is before this agent was made ({Text(made.Value)}): the clock is wrong";
        }

        return isSynchronized() ? says : $"{says} and is not synchronized: it may be wrong";
    }

    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
