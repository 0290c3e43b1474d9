using EdgeAgent.Pipeline;

namespace EdgeAgent.Tests.Pipeline;

public sealed class ReconnectBackoffTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly ReconnectBackoff _backoff = new(new Random(7));

    [Fact]
    public void Pauses_double_up_to_half_a_minute_and_are_scattered_over_half_of_it()
    {
        foreach (var bound in new[] { 0.5, 1, 2, 4, 8, 16, 30, 30, 30 })
        {
            Assert.InRange(_backoff.AfterFailure(unwelcome: false).TotalSeconds, bound / 2, bound);
        }
    }

    [Fact]
    public void A_broker_that_wants_to_be_left_alone_is_left_alone_for_up_to_five_minutes()
    {
        foreach (var bound in new[] { 5, 10, 20, 40, 80, 160, 300, 300 })
        {
            Assert.InRange(_backoff.AfterFailure(unwelcome: true).TotalSeconds, bound / 2.0, bound);
        }
    }

    [Fact]
    public void A_connection_that_lasted_is_made_again_soon()
    {
        for (var i = 0; i < 10; i++)
        {
            _backoff.AfterFailure(unwelcome: false);
        }

        Assert.InRange(_backoff.AfterLoss(Long, unwelcome: false).TotalSeconds, 0.25, 0.5);
        Assert.InRange(_backoff.AfterFailure(unwelcome: false).TotalSeconds, 0.25, 0.5);
    }

    [Fact]
    public void Connections_that_do_not_last_are_made_again_ever_later_up_to_ten_seconds()
    {
        foreach (var bound in new[] { 0.5, 1, 2, 4, 8, 10, 10 })
        {
            Assert.InRange(_backoff.AfterLoss(Short, unwelcome: false).TotalSeconds, bound / 2, bound);
        }

        Assert.Equal(7, _backoff.ShortLives);
        _backoff.AfterLoss(Long, unwelcome: false);
        Assert.Equal(0, _backoff.ShortLives);
    }

    [Fact]
    public void To_be_thrown_out_again_and_again_is_no_reason_to_come_back_sooner()
    {
        foreach (var bound in new[] { 5, 10, 20 })
        {
            Assert.InRange(_backoff.AfterLoss(Short, unwelcome: true).TotalSeconds, bound / 2.0, bound);
        }

        Assert.InRange(_backoff.AfterLoss(TimeSpan.FromHours(1), unwelcome: true).TotalSeconds, 0.25, 0.5);
    }
}
