using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration;

/// <summary>One JSON file read into its type, with everything that was wrong in it.</summary>
/// <typeparam name="T">The type that its schema was made from.</typeparam>
internal sealed class ConfigDocument<T>
    where T : class
{
    private const int LargestFile = 16 << 20;
    private readonly List<SchemaFault> _faults = [];
    private readonly List<(string Place, string Variable)> _overrides = [];

    private ConfigDocument(string file) => File = file;

    /// <summary>The file as it was named.</summary>
    public string File { get; }

    /// <summary>The content; where it was wrong, repaired. Null when the file is no JSON object at all.</summary>
    public T? Value { get; private set; }

    public IEnumerable<ConfigProblem> Problems => _faults.Select(fault => Problem(fault.Place, fault.Found, fault.Allowed));

    /// <param name="environment">Variables that may override keys; empty for none.</param>
    public static ConfigDocument<T> Read(string file, SchemaNode schema, IReadOnlyDictionary<string, string> environment)
    {
        var document = new ConfigDocument<T>(file);
        if (document.TryReadTree(out var root))
        {
            document.Take(root, schema, environment);
        }

        return document;
    }

    /// <summary>False where the value at this place was wrong or missing, so that nothing can be concluded from it.</summary>
    public bool IsSound(string place) => !_faults.Any(fault => JsonPlace.Overlap(fault.Place, place));

    /// <summary>Words a problem so that it names the environment variable where that, and not the file, brought the value.</summary>
    public ConfigProblem Problem(string place, string found, string allowed)
    {
        var variable = _overrides.Where(entry => JsonPlace.IsWithin(place, entry.Place)).Select(entry => entry.Variable).LastOrDefault();
        return new ConfigProblem(variable ?? File, place, found, allowed);
    }

    private void Take(JsonNode? root, SchemaNode schema, IReadOnlyDictionary<string, string> environment)
    {
        if (root is not JsonObject map)
        {
            _faults.Add(new SchemaFault("", SchemaText.Found(root), SchemaText.Allowed(schema)));
            return;
        }

        foreach (var (place, variable, fault) in EnvironmentOverrides.Apply(map, schema, environment))
        {
            _overrides.Add((place, variable));
            if (fault is not null)
            {
                _faults.Add(fault);
            }
        }

        _faults.AddRange(SchemaCheck.Run(schema, map));
        Value = SchemaRepair.Repair(schema, map).Deserialize<T>(ConfigJson.Options);
    }

    private bool TryReadTree(out JsonNode? root)
    {
        root = null;
        try
        {
            using var stream = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            if (stream.CanSeek && stream.Length > LargestFile)
            {
                _faults.Add(new SchemaFault("", $"a file of {stream.Length} bytes", $"up to {LargestFile} bytes"));
                return false;
            }

            stream.CopyTo(copy);
            var utf8 = copy.GetBuffer().AsSpan(0, (int)copy.Length);
            if (utf8.Trim(" \t\r\n"u8).IsEmpty)
            {
                _faults.Add(new SchemaFault("", "an empty file", "a JSON file"));
                return false;
            }

            var tree = JsonTree.Read(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8);
            _faults.AddRange(tree.Duplicates.Select(place => new SchemaFault(place, "the same key again", "each key once")));
            root = tree.Root;
            return true;
        }
        catch (JsonException e)
        {
            _faults.Add(BrokenJson(e));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            _faults.Add(new SchemaFault("", "no such file", "a JSON file"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _faults.Add(new SchemaFault("", Directory.Exists(File) ? "a directory" : "a file that cannot be read", "a JSON file"));
        }

        return false;
    }

    private static SchemaFault BrokenJson(JsonException e)
    {
        var message = e.Message.ReplaceLineEndings(" ");
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var words = (end < 0 ? message : message[..end]).TrimEnd('.', ' ');
        return new SchemaFault(
            $"line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}", $"broken JSON ({words})", "JSON; // comments and trailing commas may be in it");
    }
}
