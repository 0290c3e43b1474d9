using System.Text;
using EdgeAgent.Commanding;
using EdgeAgent.Storage;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>Commands that are begun and answered, more than are remembered, with restarts.</summary>
internal sealed class CommandScenario : IScenario
{
    private const int Remembered = 24;

    public void Work(string folder, Teller tell, Random random, int steps)
    {
        var memory = Open(folder);
        var ids = new Queue<string>();
        var state = new StoredState();
        for (var step = 0; step < steps; step++)
        {
            var id = $"{step:0000}";
            tell.Begin();
            Expect(memory.Begin(id, Encoding.ASCII.GetBytes("print of " + id), write: true).State == RememberedState.New);
            ids.Enqueue(id);
            state.Prints[id] = "begun";
            if (ids.Count > Remembered)
            {
                state.Prints.Remove(ids.Dequeue());
            }

            tell.Is(state);
            if (random.Next(5) > 0)
            {
                var answer = new byte[random.Next(10) == 0 ? 6000 : random.Next(500)];
                random.NextBytes(answer);
                tell.Begin();
                Expect(memory.Finish(id, answer) is null);
                state.Prints[id] = StoredState.Print(answer);
                tell.Is(state);
            }

            if (random.Next(8) == 0)
            {
                memory.Dispose();
                memory = Open(folder);
            }
        }
    }

    public Finding Look(string folder, StoredState before, StoredState after)
    {
        using var memory = Open(folder);
        var state = new StoredState();
        string? problem = null;
        var salvaged = IsMended(memory);
        foreach (var id in before.Prints.Keys.Union(after.Prints.Keys))
        {
            var found = memory.Begin(id, Encoding.ASCII.GetBytes("print of " + id), write: false);
            problem ??= found.State == RememberedState.OtherContent ? $"{id} has other content" : found.Trouble;
            if (found.State is RememberedState.Unanswered or RememberedState.Answered)
            {
                state.Prints[id] = found.Answer is { } answer ? StoredState.Print(answer) : "begun";
            }
        }

        var next = memory.Begin("another", [1], write: true);
        return new Finding(state, problem ?? next.Trouble) { Salvaged = salvaged };
    }

    /// <summary>The first command after damage is refused, and the next ones are not.</summary>
    public static bool IsMended(CommandMemory memory) => memory.Begin("first", [1], write: false).State == RememberedState.Trouble;

    private static CommandMemory Open(string folder) => new(Path.Combine(folder, "commands.db"), Remembered);

    private static void Expect(bool right)
    {
        if (!right)
        {
            throw new InvalidOperationException("the memory of commands refused");
        }
    }
}
