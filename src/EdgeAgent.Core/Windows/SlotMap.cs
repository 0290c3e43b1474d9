using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Windows;

/// <summary>Which of the device's channels fills which slot of a model's window.</summary>
public sealed class SlotMap
{
    private readonly int[] _channels;

    private SlotMap(IReadOnlyList<WindowSlot> slots, int[] channels)
    {
        Slots = slots;
        _channels = channels;
    }

    public IReadOnlyList<WindowSlot> Slots { get; }

    /// <summary>For each slot the index of the device's channel, or −1 where the device has none.</summary>
    public ReadOnlySpan<int> Channels => _channels;

    /// <summary>
    /// Maps by role, in the device's order: the first vibration channel fills the first vibration slot, and so on.
    /// Channels that no slot asks for are left out.
    /// </summary>
    public static bool TryCreate(
        IReadOnlyList<WindowSlot> slots,
        IReadOnlyList<Channel> channels,
        [NotNullWhen(true)] out SlotMap? map,
        [NotNullWhen(false)] out string? problem)
    {
        map = null;
        problem = null;
        var taken = new bool[channels.Count];
        var mapped = new int[slots.Count];
        for (var slot = 0; slot < slots.Count; slot++)
        {
            mapped[slot] = TakeFirst(channels, slots[slot].Role, taken);
            if (mapped[slot] < 0 && slots[slot].Required)
            {
                problem = $"/channels: no channel has the role \"{slots[slot].Role}\", which the model requires (unit {slots[slot].Unit})";
                return false;
            }

            if (mapped[slot] >= 0 && channels[mapped[slot]].Unit != slots[slot].Unit)
            {
                var channel = channels[mapped[slot]];
                problem = $"/channels: \"{channel.Name}\" has the unit {channel.Unit}; the model's {slots[slot].Role} takes {slots[slot].Unit}";
                return false;
            }
        }

        if (mapped.All(channel => channel < 0))
        {
            problem = "/channels: no channel has a role that the model takes: " + string.Join(", ", slots.Select(slot => slot.Role).Distinct());
            return false;
        }

        map = new SlotMap(slots, mapped);
        return true;
    }

    private static int TakeFirst(IReadOnlyList<Channel> channels, string role, bool[] taken)
    {
        for (var i = 0; i < channels.Count; i++)
        {
            if (!taken[i] && channels[i].Role == role)
            {
                taken[i] = true;
                return i;
            }
        }

        return -1;
    }
}
