namespace EdgeAgent.EndToEnd;

/// <summary>A test that sets the agent's clock: it needs libfaketime (Debian's package of this name).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FakeClockFactAttribute : FactAttribute
{
    public FakeClockFactAttribute() => Skip = FakeClock.Library is null ? "libfaketime is not installed" : null;
}
