namespace EdgeAgent.Usb;

/// <summary>How much of a stick is looked at. Whoever made it, these bound what it can cost.</summary>
/// <param name="Packages">Further ones on the same stick are left out.</param>
/// <param name="Entries">Files in its folder; from then on nobody looks.</param>
/// <param name="PackageBytes">An archive has no zip64, so a larger file cannot be a package.</param>
/// <param name="KeptFreeBytes">Stays free on the device's disk: decisions and alarms go before models.</param>
internal sealed record IntakeLimits(
    int Packages = 16,
    int Entries = 1000,
    long PackageBytes = 0xFFFF_0000,
    long KeptFreeBytes = 64L << 20);
