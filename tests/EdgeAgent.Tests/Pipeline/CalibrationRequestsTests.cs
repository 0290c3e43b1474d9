using EdgeAgent.Commanding;
using EdgeAgent.Pipeline;

namespace EdgeAgent.Tests.Pipeline;

public sealed class CalibrationRequestsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CalibrationRequests _requests = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task The_detect_loop_answers_what_it_takes()
    {
        var asking = _requests.AskAsync(new CalibrationRequest("a", "me"), Patience, _time, CancellationToken.None);
        var taken = _requests.Take()!;
        Assert.Equal(("a", "me"), (taken.Id, taken.Who));
        taken.Grant(40);
        Assert.Equal((40, null), await asking);
        Assert.Null(_requests.Take());
    }

    [Fact]
    public async Task One_that_was_given_up_has_no_effect_later()
    {
        var asking = _requests.AskAsync(new CalibrationRequest("a", null), Patience, _time, CancellationToken.None);
        await _time.SomebodyWaits();
        _time.Advance(Patience);
        Assert.Equal(CommandCodes.NoReadings, (await asking).Problem!.Code);
        Assert.Null(_requests.Take());
    }

    [Fact]
    public async Task One_that_was_taken_in_the_last_moment_is_waited_for()
    {
        using var stop = new CancellationTokenSource();
        var asking = _requests.AskAsync(new CalibrationRequest("a", null), Patience, _time, stop.Token);
        var taken = _requests.Take()!;
        await stop.CancelAsync();
        Assert.False(asking.IsCompleted);
        taken.Grant(7);
        Assert.Equal(7, (await asking).Windows);
    }
}
