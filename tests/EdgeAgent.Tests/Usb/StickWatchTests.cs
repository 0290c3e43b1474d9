using EdgeAgent.Usb;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Usb;

public sealed class StickWatchTests
{
    [Fact]
    public void A_stick_that_appears_is_taken_once_it_looks_the_same_twice()
    {
        using var stick = new Stick();
        var watch = Watch(stick);
        stick.Put("pump.eapkg", 1000);
        watch.Look(default);
        Assert.Empty(stick.Waiting);

        // Somebody is still copying onto it.
        stick.Put("pump.eapkg", 2000);
        watch.Look(default);
        Assert.Empty(stick.Waiting);

        watch.Look(default);
        Assert.Equal(["pump.eapkg"], stick.Waiting);
    }

    [Fact]
    public void A_stick_that_stays_is_no_work_and_one_that_comes_back_is_looked_at_again()
    {
        using var stick = new Stick();
        var watch = Watch(stick);
        stick.Put("pump.eapkg");
        watch.Look(default);
        watch.Look(default);
        File.Delete(Path.Combine(stick.Incoming, "pump.eapkg"));
        watch.Look(default);
        Assert.Empty(stick.Waiting);

        var elsewhere = Path.Combine(stick.Data, "pulled");
        Directory.Move(stick.Mount, elsewhere);
        watch.Look(default);
        Directory.Move(elsewhere, stick.Mount);
        watch.Look(default);
        watch.Look(default);
        Assert.Equal(["pump.eapkg"], stick.Waiting);
    }

    [Fact]
    public async Task Without_a_folder_to_watch_there_is_nothing_to_run()
    {
        using var stick = new Stick();
        await new StickWatch([], stick.Data, TimeProvider.System, NullLogger<StickWatch>.Instance).RunAsync(default);
    }

    private static StickWatch Watch(Stick stick) =>
        new([Path.GetDirectoryName(stick.Mount)!, "/nonexistent"], stick.Data, TimeProvider.System, NullLogger<StickWatch>.Instance);
}
