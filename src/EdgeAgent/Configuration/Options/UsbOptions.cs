using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("Model packages from USB sticks.")]
internal sealed record UsbOptions
{
    [Description("Folders in which something else mounts sticks, e.g. /media/pi on a desktop. The agent itself takes the packages from a stick that appears there, as NAME/edgeagent/*.eapkg. Not needed where deploy/install.sh has set up udev.")]
    [Length(0, 8)]
    public IReadOnlyList<string> WatchPaths { get; set; } = [];

    [Description("Write edgeagent-result-DEVICE.txt on the stick, with what became of its packages. For this the stick is mounted for writing, for as long as that takes.")]
    public bool Receipts { get; set; }
}
