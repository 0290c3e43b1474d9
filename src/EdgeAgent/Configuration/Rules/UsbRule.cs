using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>Sticks are mounted where the computer decides, not beside the config.</summary>
internal sealed class UsbRule : IConfigRule
{
    public IEnumerable<SchemaFault> Check(ConfigDraft draft) => draft.Options.Usb.WatchPaths
        .Select((path, index) => (Path: path, Place: $"/usb/watchPaths/{index}"))
        .Where(watched => draft.IsSound(watched.Place) && !watched.Path.StartsWith('/'))
        .Select(watched => new SchemaFault(watched.Place, $"\"{watched.Path}\"", "an absolute path, e.g. /media/pi"));
}
