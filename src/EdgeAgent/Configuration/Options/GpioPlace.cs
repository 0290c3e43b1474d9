namespace EdgeAgent.Configuration;

/// <summary>What the keys mean wherever a line is named.</summary>
internal static class GpioPlace
{
    public const string ChipMeans = "The chip by its label (e.g. pinctrl-bcm2711), its name (gpiochip0) or its path (/dev/gpiochip0). Default: whichever has a line of this name.";
    public const string LineMeans = "The line by its name, e.g. GPIO17 on the header of a Raspberry Pi 4 and of a Pi 5.";
    public const string OffsetMeans = "The line by its number on the chip, where it has no name.";
}
