using EdgeAgent.Systemd;

namespace EdgeAgent.Tests.Systemd;

/// <summary>What the kernel of this machine says about its clock and its boot.</summary>
public sealed class KernelTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(-1, false)]
    public void A_clock_is_good_only_when_the_kernel_says_so(int state, bool good) => Assert.Equal(good, ClockSync.IsGood(state));

    [Fact]
    public void The_kernel_answers_the_same_to_each_question_about_its_clock()
    {
        // Whether this machine has a time service is unknown; that the call neither throws nor corrupts the stack is not.
        var first = ClockSync.IsSynchronized();
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(first, ClockSync.IsSynchronized()));
    }

    [Fact]
    public void The_boot_id_is_the_kernels()
    {
        var id = BootId.Read();
        Assert.Equal(File.ReadAllText(BootId.KernelFile).Trim(), id);
    }

    [Fact]
    public void A_boot_id_that_cannot_be_read_is_null()
    {
        Assert.Null(BootId.Read("/nonexistent/boot_id"));
        Assert.Null(BootId.Read("/proc/version"));
        Assert.Null(BootId.Read(Path.GetTempPath()));
    }
}
