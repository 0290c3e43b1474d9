using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Core.Tests.Decisions;

public sealed class ReplayIdsTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 9, 10, 14, 33, TimeSpan.Zero);

    [Fact]
    public void Ids_are_version_7_carry_their_time_and_repeat_with_the_seed()
    {
        var ids = new ReplayIds(new Random(5));
        var first = ids.Next(At);

        Assert.Equal(7, first.Version);
        Assert.InRange(first.Variant, 8, 11);
        Assert.StartsWith($"{At.ToUnixTimeMilliseconds():x12}", first.ToString("N"));
        Assert.NotEqual(first, ids.Next(At));
        Assert.Equal(first, new ReplayIds(new Random(5)).Next(At));
    }
}
