using System.Security.Cryptography;
using System.Text;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>
/// Goes through a recording, cuts the power behind every write, fsync, truncation and change of a name, in many ways each, and lets
/// the agent open what is left.
/// </summary>
/// <param name="share">Of the images, how many in a thousand are looked at.</param>
internal sealed class PowerLossRun(IScenario scenario, string recorded, string folder, int seed, int chances, int share = 1000)
{
    private readonly SimulatedDisk _disk = new(recorded);
    private readonly HashSet<string> _seen = [];
    private readonly HashSet<KeyValuePair<string, string>> _ever = [];
    private readonly Random _random = new(seed);
    private int _afterSteps;
    private bool _damaged;

    public int Boundaries { get; private set; }

    public int Images { get; private set; }

    public int Salvaged { get; private set; }

    /// <summary>Files that were sound, and were taken for damaged: a transaction was torn, and may as well have been damaged.</summary>
    public int SalvagedSound { get; private set; }

    /// <summary>Of these, after a power cut that dropped or tore nothing, and only came between two operations.</summary>
    public int SalvagedInOrder { get; private set; }

    public int Steps => _afterSteps;

    public List<string> Problems { get; } = [];

    /// <summary>Called with every image that is looked at.</summary>
    public Action<DiskImage>? Laid { get; init; }

    public string Summary => $"{Steps} acknowledged steps, {Boundaries} boundaries, {Images} images, {Salvaged} salvaged, of these {SalvagedSound} that the power cut alone had torn, {SalvagedInOrder} after a cut in order; {Problems.Count} problems";

    public void Replay(IReadOnlyList<FileOperation> operations)
    {
        var states = operations.OfType<FileOperation.Told>().Where(told => told.Line.StartsWith("is ", StringComparison.Ordinal))
            .Select(told => StoredState.Parse(told.Line[3..])).Prepend(new StoredState()).ToList();
        var paused = false;
        _ever.Clear();
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i] is FileOperation.Told told)
            {
                _afterSteps += told.Line.StartsWith("is ", StringComparison.Ordinal) ? 1 : 0;
                _ever.UnionWith(states[_afterSteps].Prints);
                if (told.Line == "resume")
                {
                    _disk.Settle();
                    _damaged = true;
                }

                paused = told.Line == "pause" || (paused && told.Line != "resume");
                continue;
            }

            _disk.Take(operations[i]);
            if (!paused)
            {
                Boundaries++;
                Cut($"operation {i} ({Name(operations[i])}), step {_afterSteps}", states[_afterSteps], states[Math.Min(_afterSteps + 1, states.Count - 1)]);
            }
        }
    }

    private void Cut(string where, StoredState before, StoredState after)
    {
        var ways = PowerCut.Always.Concat(Enumerable.Range(0, chances).Select(_ => PowerCut.ByChance(_random.Next())));
        foreach (var way in ways)
        {
            if (_random.Next(1000) >= share)
            {
                continue;
            }

            var image = new DiskImage(_disk.After(way));
            if (_seen.Add(Print(image)))
            {
                Images++;
                Look($"{where}, {way.Name}", image, before, after, way.IsInOrder);
            }
        }
    }

    private void Look(string where, DiskImage image, StoredState before, StoredState after, bool inOrder)
    {
        Lay(image);
        Laid?.Invoke(image);
        try
        {
            var found = scenario.Look(folder, before, after);
            Salvaged += found.Salvaged ? 1 : 0;
            SalvagedSound += found.Salvaged && !_damaged ? 1 : 0;
            SalvagedInOrder += found.Salvaged && !_damaged && inOrder ? 1 : 0;
            var wrong = found.Problem ?? Difference(found, before, after);
            if (wrong is not null)
            {
                Problems.Add($"{where}{(found.Salvaged ? " (salvaged)" : "")}: {wrong}");
            }
        }
        catch (Exception e)
        {
            // Whatever it throws, the agent would not have started: that is the finding.
            Problems.Add($"{where}: {e.GetType().Name} {e.Message}");
        }
    }

    private string? Difference(Finding found, StoredState before, StoredState after)
    {
        // A salvage may bring back what was delivered before, with the same bytes: it is sent once more.
        foreach (var key in found.Salvaged ? found.State.Prints.Where(pair => _ever.Contains(pair) && !before.Prints.ContainsKey(pair.Key)).Select(pair => pair.Key).ToList() : [])
        {
            found.State.Prints.Remove(key);
        }

        if (found.State.DifferenceTo(before) is not { } difference || found.State.DifferenceTo(after) is null)
        {
            return null;
        }

        return found.Salvaged || found.InParts ? Known(found.State, found).DifferenceToBetween(Known(before, found), Known(after, found)) : difference;
    }

    /// <summary>A salvage counts anew: its counts are held against each other, not against those before.</summary>
    private static StoredState Known(StoredState state, Finding found) => !found.Salvaged ? state
        : new StoredState(new SortedDictionary<string, string>(state.Prints.Where(pair => pair.Key is not ("counts" or "seq")).ToDictionary()));

    /// <summary>The index of a log is not written with fsync: it may be anything.</summary>
    private void Lay(DiskImage image)
    {
        image.Lay(folder);
        foreach (var log in image.Files.Keys.Where(name => name.EndsWith("-wal", StringComparison.Ordinal) && _random.Next(3) == 0))
        {
            var garbage = new byte[32768];
            _random.NextBytes(garbage);
            File.WriteAllBytes(Path.Combine(folder, log[..^3] + "shm"), garbage);
        }
    }

    private string Print(DiskImage image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(BitConverter.GetBytes(_afterSteps));
        foreach (var (name, content) in image.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}:{content.Length}:"));
            hash.AppendData(content);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string Name(FileOperation operation) => operation switch
    {
        FileOperation.Write write => $"write of {write.Data.Length} at {write.Offset} to {write.File}",
        FileOperation.Sync sync => $"fsync of {sync.File}",
        FileOperation.Create made => $"new {Path.GetFileName(made.Path)} = {made.File}",
        _ => operation.ToString(),
    };
}
