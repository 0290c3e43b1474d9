namespace EdgeAgent;

/// <summary>What the package feed had when this agent was built (docs/feeds.md).</summary>
internal static class BuiltWith
{
    /// <summary>System.Device.Gpio and Iot.Device.Bindings.</summary>
    public static bool DeviceBindings =>
#if HAS_DEVICE_BINDINGS
        true;
#else
        false;
#endif
}
