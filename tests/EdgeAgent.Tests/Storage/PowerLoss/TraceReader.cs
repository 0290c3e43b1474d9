using System.Globalization;
using System.Text;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>Reads what strace recorded, and keeps what concerns one folder and the standard output.</summary>
internal sealed class TraceReader(string folder)
{
    private readonly Dictionary<string, int> _names = [];
    private readonly Dictionary<long, int> _open = [];
    private readonly Dictionary<long, string> _openFolders = [];
    private readonly HashSet<string> _folders = [folder];
    private readonly List<FileOperation> _operations = [];
    private readonly List<byte> _output = [];
    private readonly TraceElsewhere _elsewhere = new(folder);
    private int _files;

    /// <summary>Calls that strace made fail.</summary>
    public int Injected { get; private set; }

    /// <summary>Files outside of the folder that were opened for writing, made, renamed or removed.</summary>
    public IReadOnlyList<string> Elsewhere => _elsewhere.Paths;

    /// <summary>Threads of child processes.</summary>
    public int Children { get; private set; }

    public IReadOnlyList<FileOperation> Read(string tracePath)
    {
        // A call during which another thread was traced is printed in two parts.
        var unfinished = new Dictionary<string, string>();
        var children = TraceProcesses.ChildrenIn(tracePath);
        Children = children.Count;
        foreach (var line in File.ReadLines(tracePath))
        {
            var blank = line.IndexOf(' ');
            var (thread, text) = (line[..blank], line[blank..].TrimStart());
            if (children.Contains(thread))
            {
                continue;
            }

            if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                text = text[..^"<unfinished ...>".Length].TrimEnd();
                if (text.StartsWith("close(", StringComparison.Ordinal))
                {
                    // Its number is free from here on: another thread may have it for a new file before this call is told to have ended.
                    Close(long.Parse(text.AsSpan("close(".Length), CultureInfo.InvariantCulture));
                    continue;
                }

                unfinished[thread] = text;
                continue;
            }

            if (text.StartsWith("<... ", StringComparison.Ordinal) && unfinished.Remove(thread, out var before))
            {
                text = before + text[(text.IndexOf("resumed>", StringComparison.Ordinal) + "resumed>".Length)..];
            }

            if (TraceLine.TryParse(text) is { } call)
            {
                Take(call);
            }
        }

        return _operations;
    }

    private void Take(TraceLine call)
    {
        Injected += call.Injected ? 1 : 0;
        if (call.Call is "fsync" or "fdatasync")
        {
            Sync(call.Number(0), call.Result < 0);
        }
        else if (call.Result >= 0)
        {
            TakeDone(call);
        }
    }

    private void TakeDone(TraceLine call)
    {
        _elsewhere.Note(call);
        switch (call.Call)
        {
            case "openat":
                Open(call.Text(1), call.Result, call.Says(2, "O_CREAT"), call.Says(2, "O_TRUNC"));
                break;
            case "close":
                Close(call.Number(0));
                break;
            case "write" when call.Number(0) == 1:
                Tell(call.Bytes(1));
                break;
            case "pwrite64" when _open.TryGetValue(call.Number(0), out var file):
                _operations.Add(new FileOperation.Write(file, call.Number(3), call.Bytes(1)[..(int)call.Result]));
                break;
            case "write" or "writev" or "pwritev" when _open.ContainsKey(call.Number(0)):
                throw new InvalidDataException($"{call.Call} to a file: only pwrite64 is understood");
            case "ftruncate" when _open.TryGetValue(call.Number(0), out var file):
                _operations.Add(new FileOperation.Truncate(file, call.Number(1)));
                break;
            case "rename" or "link":
                Move(call.Call == "link", call.Text(0), call.Text(1));
                break;
            case "unlink" when Concerns(call.Text(0)):
                _names.Remove(call.Text(0));
                _operations.Add(new FileOperation.Unlink(call.Text(0)));
                break;
            case "rmdir" when Concerns(call.Text(0)):
                _folders.Remove(call.Text(0));
                _operations.Add(new FileOperation.Unlink(call.Text(0)));
                break;
            case "mkdir" when Concerns(call.Text(0)):
                _folders.Add(call.Text(0));
                _operations.Add(new FileOperation.MakeFolder(call.Text(0)));
                break;
            case "renameat" or "renameat2" or "linkat" or "unlinkat" or "mkdirat":
                throw new InvalidDataException($"{call.Call}: not understood");
        }
    }

    private void Close(long descriptor)
    {
        _open.Remove(descriptor);
        _openFolders.Remove(descriptor);
    }

    private void Open(string path, long descriptor, bool creates, bool truncates)
    {
        Close(descriptor);
        if (_folders.Contains(path.TrimEnd('/')))
        {
            _openFolders[descriptor] = path.TrimEnd('/');
            return;
        }

        if (!Concerns(path))
        {
            return;
        }

        if (!_names.TryGetValue(path, out var file))
        {
            if (!creates)
            {
                throw new InvalidDataException($"{path} was opened and never made");
            }

            file = _names[path] = _files++;
            _operations.Add(new FileOperation.Create(path, file));
        }
        else if (truncates)
        {
            _operations.Add(new FileOperation.Truncate(file, 0));
        }

        _open[descriptor] = file;
    }

    private void Sync(long descriptor, bool failed)
    {
        if (_open.TryGetValue(descriptor, out var file))
        {
            _operations.Add(new FileOperation.Sync(file, failed));
        }
        else if (_openFolders.TryGetValue(descriptor, out var synced))
        {
            _operations.Add(new FileOperation.SyncFolder(synced, failed));
        }
    }

    private void Move(bool links, string from, string to)
    {
        if (_folders.Contains(from))
        {
            MoveFolder(from, to);
            return;
        }

        if (!_names.TryGetValue(from, out var file))
        {
            return;
        }

        _names[to] = file;
        if (!links)
        {
            _names.Remove(from);
        }

        _operations.Add(links ? new FileOperation.Link(from, to) : new FileOperation.Rename(from, to));
    }

    private void MoveFolder(string from, string to)
    {
        foreach (var folder in _folders.Where(path => IsIn(from, path)).ToArray())
        {
            _folders.Remove(folder);
            _folders.Add(to + folder[from.Length..]);
        }

        foreach (var (path, file) in _names.Where(name => IsIn(from, name.Key)).ToArray())
        {
            _names.Remove(path);
            _names.Add(to + path[from.Length..], file);
        }

        _operations.Add(new FileOperation.Rename(from, to));
    }

    private static bool IsIn(string folder, string path) => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private void Tell(byte[] bytes)
    {
        foreach (var b in bytes)
        {
            if (b != '\n')
            {
                _output.Add(b);
                continue;
            }

            _operations.Add(new FileOperation.Told(Encoding.UTF8.GetString([.. _output])));
            _output.Clear();
        }
    }

    /// <summary>The index of the log is rebuilt at every start and written through memory: it is not recorded.</summary>
    private bool Concerns(string path) =>
        path.StartsWith(folder + "/", StringComparison.Ordinal) && !path.EndsWith("-shm", StringComparison.Ordinal);
}
