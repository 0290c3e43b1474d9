using EdgeAgent.Commanding;
using EdgeAgent.Storage;

namespace EdgeAgent.Tests.Storage;

public sealed class CommandMemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_answered_is_known_after_a_restart()
    {
        using (var before = Open())
        {
            Assert.Equal(RememberedState.New, before.Begin("a", [1], write: true).State);
            Assert.Null(before.Finish("a", [7, 8]));
        }

        using var after = Open();
        var known = after.Begin("a", [1], write: true);
        Assert.Equal(RememberedState.Answered, known.State);
        Assert.Equal([7, 8], known.Answer!);
        Assert.Equal(RememberedState.OtherContent, after.Begin("a", [2], write: true).State);
    }

    [Fact]
    public void What_was_begun_and_not_answered_is_known_as_such()
    {
        using (var before = Open())
        {
            before.Begin("a", [1], write: true);
        }

        using var after = Open();
        Assert.Equal(RememberedState.Unanswered, after.Begin("a", [1], write: true).State);
    }

    [Fact]
    public void Looking_writes_nothing_down()
    {
        using var memory = Open();
        Assert.Equal(RememberedState.New, memory.Begin("a", [1], write: false).State);
        Assert.Equal(RememberedState.New, memory.Begin("a", [2], write: true).State);
    }

    [Fact]
    public void Only_so_many_are_kept_and_the_oldest_are_forgotten_first()
    {
        using var memory = Open(most: 16);
        for (var i = 0; i < 40; i++)
        {
            memory.Begin($"{i}", [1], write: true);
            memory.Finish($"{i}", [2]);
        }

        Assert.Equal(RememberedState.New, memory.Begin("23", [1], write: false).State);
        Assert.Equal(RememberedState.Answered, memory.Begin("24", [1], write: false).State);
    }

    [Fact]
    public void A_disk_that_refuses_is_told_and_tried_again()
    {
        using var memory = new CommandMemory(Path.Combine(_folder.Path, "not-there", "commands.db"), most: 16);
        var trouble = memory.Begin("a", [1], write: true);
        Assert.Equal(RememberedState.Trouble, trouble.State);
        Assert.Contains("commands.db", trouble.Trouble);
        Assert.NotNull(memory.Finish("a", [1]));

        Directory.CreateDirectory(Path.Combine(_folder.Path, "not-there"));
        Assert.Equal(RememberedState.New, memory.Begin("a", [1], write: true).State);
    }

    private CommandMemory Open(int most = 16) => new(Path.Combine(_folder.Path, "commands.db"), most);
}
