using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using EdgeAgent.Tests.Pipeline;
using EdgeAgent.Usb;

namespace EdgeAgent.Tests.Usb;

public sealed class StickIntakeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_package_of_a_stick_arrives_whole_under_its_own_name()
    {
        using var stick = new Stick();
        var pump = stick.Put("pump-1.2.eapkg", 3_000_000, seed: 1);
        var words = stick.Put("words-0.1.EAPKG", 10, seed: 2);

        var reports = stick.Take();

        Assert.Equal([(IntakeVerdict.Taken, pump, "pump-1.2"), (IntakeVerdict.Taken, words, "words-0.1")], reports.Select(report => (report.Verdict, report.Sha256!, report.Incoming!)));
        Assert.Equal(["pump-1.2.eapkg", "words-0.1.eapkg"], stick.Waiting);
        Assert.Equal(pump, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(stick.Incoming, "pump-1.2.eapkg")))));
    }

    [Fact]
    public void What_is_no_regular_file_is_left_out_and_told_and_what_macOS_leaves_is_not_even_told()
    {
        using var stick = new Stick();
        stick.Put("._pump.eapkg");
        stick.Put("notes.txt");
        File.CreateSymbolicLink(stick.At("link.eapkg"), "/etc/passwd");
        Directory.CreateDirectory(stick.At("folder.eapkg"));
        Process.Start("mkfifo", stick.At("pipe.eapkg")).WaitForExit();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(stick.At("socket.eapkg")));

        Assert.Equal(
            [
                "folder.eapkg: left out: a folder; allowed: a regular file",
                "link.eapkg: left out: a symbolic link; allowed: a regular file",
                "pipe.eapkg: left out: a pipe; allowed: a regular file",
                "socket.eapkg: left out: a socket; allowed: a regular file",
            ],
            stick.Take().Select(report => report.ToString()));
        Assert.Empty(stick.Waiting);
    }

    [Fact]
    public void A_link_in_the_place_of_the_folder_is_not_followed()
    {
        using var stick = new Stick();
        stick.Put("pump.eapkg");
        Directory.Move(Path.Combine(stick.Mount, "edgeagent"), Path.Combine(stick.Mount, "elsewhere"));
        File.CreateSymbolicLink(Path.Combine(stick.Mount, "edgeagent"), "elsewhere");

        Assert.Empty(stick.Take());
        Assert.Empty(stick.Waiting);
    }

    [Fact]
    public void Beyond_the_limits_nothing_is_copied()
    {
        using var stick = new Stick();
        stick.Put("a.eapkg");
        stick.Put("b.eapkg", bytes: 0);
        stick.Put("c.eapkg", bytes: 6001);
        stick.Put("d.eapkg", seed: 2);
        stick.Put("e.eapkg", seed: 3);

        var reports = stick.Take(new IntakeLimits(Packages: 4, PackageBytes: 6000, KeptFreeBytes: 0));

        Assert.Equal(
            [
                "a.eapkg: taken, 5000 bytes; the agent judges it",
                "b.eapkg: left out: 0 bytes; allowed: 1..6000",
                "c.eapkg: left out: 6001 bytes; allowed: 1..6000",
                "d.eapkg: taken, 5000 bytes; the agent judges it",
                "e.eapkg: left out: more than 4 packages on one stick",
            ],
            reports.Select(report => report.ToString()));
    }

    [Fact]
    public void A_name_that_is_no_plain_one_is_replaced_and_told_without_its_control_characters()
    {
        using var stick = new Stick();
        stick.Put("pu\u001b[31mmp\n.eapkg");

        Assert.Equal("pu?[31mmp?.eapkg: taken, 5000 bytes; the agent judges it", Assert.Single(stick.Take()).ToString());
        Assert.Equal(["package.eapkg"], stick.Waiting);
    }

    [Fact]
    public void The_same_stick_again_is_no_work_whether_its_package_waits_or_was_judged()
    {
        using var stick = new Stick();
        stick.Put("pump.eapkg");
        stick.Take();
        Assert.Equal(IntakeVerdict.Waiting, Assert.Single(stick.Take()).Verdict);

        stick.Judge("pump", "activated", Noon);
        var again = Assert.Single(stick.Take());
        Assert.Equal("pump.eapkg: no work: activated at 2026-11-21 12:00:00Z", again.ToString());
        Assert.Empty(stick.Waiting);

        // Under another name it is the same package.
        File.Move(stick.At("pump.eapkg"), stick.At("renamed.eapkg"));
        Assert.Equal(IntakeVerdict.Known, Assert.Single(stick.Take()).Verdict);
    }

    [Fact]
    public void A_refused_package_is_judged_again_for_its_key_may_be_trusted_by_now()
    {
        using var stick = new Stick();
        stick.Put("pump.eapkg");
        stick.Take();
        stick.Judge("pump", "refused", Noon);

        Assert.Equal(IntakeVerdict.Taken, Assert.Single(stick.Take()).Verdict);
        Assert.Equal(["pump.eapkg"], stick.Waiting);
    }

    [Fact]
    public void Another_package_of_a_name_that_waits_already_takes_nothing_from_it()
    {
        using var stick = new Stick();
        var first = stick.Put("pump.eapkg", seed: 1);
        stick.Take();
        var second = stick.Put("pump.eapkg", seed: 2);

        Assert.Equal($"pump-{second[..12]}", Assert.Single(stick.Take()).Incoming);
        Assert.Equal([first, second], stick.Waiting.Order().Reverse().Select(name => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(stick.Incoming, name))))));
    }

    [Fact]
    public void What_a_killed_copy_left_is_removed_and_what_another_one_writes_is_not()
    {
        using var stick = new Stick();
        stick.Put("pump.eapkg");
        Directory.CreateDirectory(stick.Incoming);
        File.WriteAllText(Path.Combine(stick.Incoming, ".old.1.part"), "half");
        using var held = new FileStream(Path.Combine(stick.Incoming, ".other.2.part"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        stick.Take();

        Assert.Equal([".other.2.part", "pump.eapkg"], stick.Waiting);
    }

    [Fact]
    public void A_stop_in_the_middle_leaves_nothing()
    {
        using var stick = new Stick();
        stick.Put("pump.eapkg", 4_000_000);

        Assert.Throws<OperationCanceledException>(() => stick.Take(stop: new CancellationToken(canceled: true)));
        Assert.Empty(stick.Waiting);
    }

    [Fact]
    public void A_file_that_ends_early_or_grows_or_cannot_be_read_is_the_sticks_fault()
    {
        using var stick = new Stick();
        stick.Put("pump.eapkg", 5000);
        using var file = File.OpenHandle(stick.At("pump.eapkg"));
        Assert.Contains("ended after 5000 of 6000 bytes", Assert.Throws<StickReadException>(() => StickCopy.Hash(file, 6000, default)).Message, StringComparison.Ordinal);
        Assert.Contains("grew beyond 4000 bytes", Assert.Throws<StickReadException>(() => StickCopy.Hash(file, 4000, default)).Message, StringComparison.Ordinal);

        // The kernel answers EIO to a read of the first page, as it does for a stick that is gone.
        using var broken = File.OpenHandle("/proc/self/mem");
        Assert.Contains("Input/output error", Assert.Throws<StickReadException>(() => StickCopy.Hash(broken, 4096, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decisions_keep_their_room_on_the_disk()
    {
        using var stick = new Stick();
        stick.Put("pump.eapkg");

        var report = Assert.Single(stick.Take(new IntakeLimits(KeptFreeBytes: long.MaxValue / 2)));

        Assert.Equal(IntakeVerdict.NotStored, report.Verdict);
        Assert.StartsWith("pump.eapkg: not taken: needs 5000 bytes, and 4611686018427387903 stay free; free: ", report.ToString(), StringComparison.Ordinal);
        Assert.Empty(stick.Waiting);
    }

    [SmallDiskFact]
    public void On_a_full_disk_nothing_half_copied_is_left_and_a_smaller_package_is_still_taken()
    {
        using var disk = SmallDisk.Mount(megabytes: 2);
        using var stick = new Stick(disk.Path);
        stick.Put("large.eapkg", 3_000_000);
        stick.Put("small.eapkg", 100_000);

        // No reserve, so that it is the disk itself that refuses.
        var reports = stick.Take(new IntakeLimits(KeptFreeBytes: long.MinValue / 2));

        Assert.Equal([IntakeVerdict.NotStored, IntakeVerdict.Taken], reports.Select(report => report.Verdict));
        Assert.Equal(["small.eapkg"], stick.Waiting);
    }
}
