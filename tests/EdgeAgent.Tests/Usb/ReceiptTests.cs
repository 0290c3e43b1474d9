using EdgeAgent.Usb;

namespace EdgeAgent.Tests.Usb;

public sealed class ReceiptTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_says_in_words_what_became_of_each_file()
    {
        using var stick = new Stick();
        stick.Put("good.eapkg", seed: 1);
        stick.Put("bad.eapkg", seed: 2);
        stick.Put("late.eapkg", seed: 3);
        Directory.CreateDirectory(stick.At("x.eapkg"));
        var note = new StickNote(Noon, stick.Take());
        stick.Judge("good", "activated", Noon.AddSeconds(4));
        stick.Judge("bad", "refused", Noon.AddSeconds(2));

        var text = ReceiptText.Write("plant", "pump-7", "feed pump", Noon.AddMinutes(1), new StickVerdicts(stick.Data, note, TimeProvider.System).Now());

        Assert.Equal(
            """
            EdgeAgent: what became of the model packages on this stick

            Device   pump-7, site plant
            Machine  feed pump
            Written  2026-11-21 12:01:00Z by the clock of the device, which may be wrong

            bad.eapkg
                REFUSED: the device goes on with what it had
                pump 1.2
                for this test

            good.eapkg
                IN USE
                pump 1.2
                for this test

            late.eapkg
                NO VERDICT YET
                The package is on the device and waits for its agent. Plug the stick in again later to see the verdict.

            x.eapkg
                NOT TAKEN
                left out: a folder; allowed: a regular file
                The device goes on with what it had.

            """.ReplaceLineEndings("\r\n"),
            text);
    }

    [Fact]
    public void A_verdict_from_before_is_not_the_one_that_is_waited_for()
    {
        using var stick = new Stick();
        stick.Put("pump.eapkg");
        stick.Take();
        stick.Judge("pump", "refused", Noon);
        var again = new StickVerdicts(stick.Data, new StickNote(Noon.AddHours(1), stick.Take()), TimeProvider.System);

        Assert.Null(Assert.Single(again.Now()).Verdict);
        stick.Judge("pump", "activated", Noon.AddHours(2));
        Assert.Equal("activated", Assert.Single(again.Now()).Verdict!.Result);
    }

    [Fact]
    public async Task Waiting_ends_with_the_last_verdict_or_with_patience()
    {
        using var stick = new Stick();
        stick.Put("pump.eapkg");
        var verdicts = new StickVerdicts(stick.Data, new StickNote(Noon, stick.Take()), TimeProvider.System);

        Assert.False(await verdicts.WaitAsync(TimeSpan.Zero, default));
        var waiting = verdicts.WaitAsync(TimeSpan.FromMinutes(1), default);
        Assert.False(waiting.IsCompleted);
        stick.Judge("pump", "shadowing", Noon);
        Assert.True(await waiting);
    }

    [Fact]
    public void No_link_on_the_stick_is_written_through()
    {
        using var stick = new Stick();
        using var elsewhere = new TemporaryFolder();
        var target = elsewhere.Write("precious", "as it was");
        File.CreateSymbolicLink(Path.Combine(stick.Mount, "receipt.txt"), target);
        File.CreateSymbolicLink(Path.Combine(stick.Mount, "receipt.txt.new"), target);

        ReceiptFile.Write(stick.Mount, "receipt.txt", "told");

        Assert.Equal("as it was", File.ReadAllText(target));
        Assert.Equal("told", File.ReadAllText(Path.Combine(stick.Mount, "receipt.txt")));
        Assert.Null(new FileInfo(Path.Combine(stick.Mount, "receipt.txt")).LinkTarget);
        Assert.Equal(["edgeagent", "receipt.txt"], Directory.GetFileSystemEntries(stick.Mount).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_note_is_read_back_as_it_was_written_and_forgotten_with_its_stick()
    {
        using var stick = new Stick();
        stick.Put("pump.eapkg");
        var file = new StickNoteFile(stick.Data, "sda1");
        Assert.Null(file.TryRead());

        var note = new StickNote(Noon, stick.Take());
        file.Write(note);
        Assert.Equal(note.Reports, file.TryRead()!.Reports);

        file.Forget();
        Assert.Null(file.TryRead());
    }
}
