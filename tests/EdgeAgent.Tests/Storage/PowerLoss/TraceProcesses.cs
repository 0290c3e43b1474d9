using System.Text.RegularExpressions;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>Which threads of a recording belong to child processes: their descriptors have the same numbers and are other files.</summary>
internal static partial class TraceProcesses
{
    public static HashSet<string> ChildrenIn(string tracePath)
    {
        var children = new HashSet<string>();
        var threads = new List<(string Of, string Made)>();
        var makingThread = new HashSet<string>();
        foreach (var line in File.ReadLines(tracePath))
        {
            if (Call().Match(line) is not { Success: true } call)
            {
                continue;
            }

            // A call during which another thread was traced is printed in two parts, of which the first has the flags.
            var of = call.Groups["of"].Value;
            var thread = line.Contains("CLONE_THREAD", StringComparison.Ordinal) || makingThread.Remove(of);
            var made = call.Groups["made"].Value;
            if (made.Length == 0)
            {
                _ = thread && makingThread.Add(of);
            }
            else if (thread)
            {
                threads.Add((of, made));
            }
            else
            {
                children.Add(made);
            }
        }

        // In the order in which they were made, so that a thread's maker is known before it.
        children.UnionWith(threads.Where(thread => children.Contains(thread.Of) && children.Add(thread.Made)).Select(thread => thread.Made).ToArray());
        return children;
    }

    [GeneratedRegex(@"^(?<of>\d+) +(<\.\.\. )?(clone3?|v?fork)\b.*(= (?<made>\d+)|<unfinished \.\.\.>)$")]
    private static partial Regex Call();
}
