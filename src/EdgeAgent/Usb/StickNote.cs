using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Files;
using EdgeAgent.Storage;

namespace EdgeAgent.Usb;

/// <summary>What an intake did with a stick, kept for the receipt.</summary>
internal sealed record StickNote(DateTimeOffset At, IReadOnlyList<IntakeReport> Reports);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StickNote))]
internal sealed partial class StickNoteJson : JsonSerializerContext;

/// <summary>The note about the stick that is, or was last, mounted under a name: <c>models/sticks/sda1.json</c>.</summary>
internal sealed class StickNoteFile(string dataDirectory, string stick)
{
    private const int MostBytes = 1 << 18;
    private readonly string _path = Path.Combine(dataDirectory, "models", "sticks", $"{stick}.json");

    /// <summary>Another stick has nothing to do with what was said about the one before.</summary>
    /// <exception cref="IOException">The disk is read-only or broken.</exception>
    public void Forget()
    {
        if (File.Exists(_path))
        {
            File.Delete(_path);
        }
    }

    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    /// <exception cref="UnauthorizedAccessException">The data directory is not this user's.</exception>
    public void Write(StickNote note)
    {
        var owner = OwnedFolder.Make(dataDirectory, Path.GetDirectoryName(_path)!);
        DurableFile.Replace(_path, JsonSerializer.SerializeToUtf8Bytes(note, StickNoteJson.Default.StickNote));
        LinuxFile.GiveTo(owner, _path);
    }

    /// <returns>null if there is none that can be read.</returns>
    public StickNote? TryRead()
    {
        try
        {
            return new FileInfo(_path).Length > MostBytes ? null : JsonSerializer.Deserialize(File.ReadAllBytes(_path), StickNoteJson.Default.StickNote);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
