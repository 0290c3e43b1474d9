using System.Text.Json;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Storage;

namespace EdgeAgent.Packages;

/// <summary>
/// The installed packages on disk. A slot is a folder that is complete from the moment it has its name, and is never changed;
/// which one is in use is a single small file that is replaced as a whole. So a power cut at any moment leaves the old package or
/// the new one, and whatever else lies about is removed at the next start.
/// <code>
///  models/staging/…                          being copied and unpacked; worth nothing after a restart
///  models/slots/NAME/000003-0.3.0-1f2e3d…/   one package: manifest.json, manifest.sig and its files
///  models/slots/NAME/slots.json              which of them is active, which one was before
/// </code>
/// </summary>
internal sealed class PackageStore(string dataDirectory)
{
    private const string SlotsFile = "slots.json";
    private readonly string _slots = Path.Combine(dataDirectory, "models", "slots");
    private readonly string _staging = Path.Combine(dataDirectory, "models", "staging");

    /// <summary>Every name of which something was installed.</summary>
    public IReadOnlyList<string> Names() => !Directory.Exists(_slots) ? []
        : [.. Directory.GetDirectories(_slots).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>The slots of a name that are whole, the newest sequence last.</summary>
    public IReadOnlyList<string> SlotsOf(string name) => !Directory.Exists(Path.Combine(_slots, name)) ? []
        : [.. Directory.GetDirectories(Path.Combine(_slots, name)).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    public string FolderOf(string name, string slot) => Path.Combine(_slots, name, slot);

    /// <exception cref="InvalidDataException">The file is broken: it was not written by this agent as it is.</exception>
    public PackageSlots Read(string name)
    {
        var path = Path.Combine(_slots, name, SlotsFile);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), PackageSlotsJson.Default.PackageSlots) ?? PackageSlots.Empty : PackageSlots.Empty;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <exception cref="IOException">The disk is full, read-only or broken; what was active stays active.</exception>
    public void Write(string name, PackageSlots slots) =>
        DurableFile.Replace(Path.Combine(_slots, name, SlotsFile), JsonSerializer.SerializeToUtf8Bytes(slots, PackageSlotsJson.Default.PackageSlots));

    /// <summary>An empty folder to unpack into. The caller holds the data directory or is the only one to install.</summary>
    public string NewStaging()
    {
        ClearStaging();
        DurableFile.CreateFolder(Path.Combine(dataDirectory, "models"));
        Directory.CreateDirectory(_staging);
        return _staging;
    }

    public void ClearStaging()
    {
        if (Directory.Exists(_staging))
        {
            Directory.Delete(_staging, recursive: true);
        }
    }

    /// <summary>Removes what a kill left lying about. Once per start of the agent.</summary>
    /// <exception cref="InvalidDataException">A slots.json is broken, so nothing of that name and of those behind it is removed.</exception>
    /// <exception cref="IOException">The disk is read-only or broken.</exception>
    public void TidyUp()
    {
        ClearStaging();
        foreach (var name in Names())
        {
            Prune(name);
        }
    }

    /// <summary>Makes a slot of an unpacked package whose files are synced. Safe to repeat.</summary>
    /// <returns>The slot.</returns>
    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    public string Keep(string unpacked, VerifiedPackage package)
    {
        var slot = SlotOf(package.Manifest, package.Identity);
        DurableFile.CreateFolder(_slots);
        DurableFile.CreateFolder(Path.Combine(_slots, package.Manifest.Name));
        var folder = FolderOf(package.Manifest.Name, slot);
        if (Directory.Exists(folder))
        {
            // Of the same manifest, but nobody has looked at it for a while.
            Directory.Delete(folder, recursive: true);
        }

        // The files' bytes are on the disk; their names are once every folder is.
        foreach (var inside in Directory.GetDirectories(unpacked, "*", SearchOption.AllDirectories).Append(unpacked))
        {
            DurableFile.SyncDirectory(inside);
        }

        Directory.Move(unpacked, folder);
        DurableFile.SyncDirectory(Path.GetDirectoryName(folder)!);
        return slot;
    }

    /// <summary>Removes the slots that are neither active, nor the one to roll back to, nor a candidate.</summary>
    public void Prune(string name)
    {
        var slots = Read(name);
        foreach (var slot in SlotsOf(name).Where(slot => slot != slots.Active && slot != slots.LastGood && slot != slots.Candidate))
        {
            Directory.Delete(FolderOf(name, slot), recursive: true);
        }
    }

    public static string SlotOf(ModelManifest manifest, ModelIdentity identity) => $"{manifest.Sequence:D6}-{manifest.Version}-{identity.Sha256[..12]}";
}
