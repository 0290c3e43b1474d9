namespace EdgeAgent.Configuration;

/// <summary>Who opens the buses and lines of hardware sensors.</summary>
internal enum HardwareAdapter
{
    /// <summary>The agent itself, by the kernel's own calls.</summary>
    Kernel,

    /// <summary>System.Device.Gpio.</summary>
    SystemDevice,
}
