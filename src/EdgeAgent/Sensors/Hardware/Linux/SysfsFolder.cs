using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware.Linux;

/// <summary>Finds a device among the folders that the kernel numbers anew whenever one comes or goes.</summary>
internal static class SysfsFolder
{
    /// <summary>The folders whose names begin so, in order; none where the outer folder is not there.</summary>
    private static IReadOnlyList<string> Below(string outer, string prefix)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(outer, prefix + "*").Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The files whose names fit, in order; none where the folder is not there.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Finds a device by its path, which may be that of its bus device, or by its name.</summary>
    /// <param name="path">null = by name.</param>
    /// <param name="outer">Where all devices of the class are.</param>
    /// <param name="inside">The folder in a bus device that holds its devices of the class; empty where they lie in it directly.</param>
    /// <param name="prefix">What the names of the class's folders begin with.</param>
    public static ReadFault? Find(string? path, string? name, string outer, string inside, string prefix, out string folder)
    {
        if (path is null)
        {
            return FindByName(outer, prefix, name!, out folder);
        }

        var below = Below(Path.Combine(path, inside), prefix);
        folder = below.Count == 1 ? below[0] : path;
        return Directory.Exists(folder) ? null : new ReadFault(ReadFaultKind.Absent, $"{path}: no such folder; is the driver loaded and the chip plugged in?");
    }

    /// <summary>Finds the one folder whose file <c>name</c> says this.</summary>
    private static ReadFault? FindByName(string outer, string prefix, string name, out string folder)
    {
        var named = Below(outer, prefix).Select(each => (Folder: each, Name: NameOf(each))).ToList();
        var found = named.Where(each => each.Name == name).Select(each => each.Folder).ToList();
        folder = found.FirstOrDefault() ?? "";
        return found.Count switch
        {
            1 => null,
            0 => new ReadFault(ReadFaultKind.Absent, $"{outer}: nothing there is called {name}, only {Shown(named.Select(each => each.Name))}"),
            _ => new ReadFault(ReadFaultKind.WrongId, $"{outer}: {found.Count} are called {name}: {string.Join(", ", found)}; name the one that is meant by its path"),
        };
    }

    private static string NameOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "name")).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string Shown(IEnumerable<string> names)
    {
        var known = names.Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        return known.Count == 0 ? "nothing" : string.Join(", ", known);
    }
}
