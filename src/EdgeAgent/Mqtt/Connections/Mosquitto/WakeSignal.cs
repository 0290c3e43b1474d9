using System.Runtime.InteropServices;

namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>An eventfd that gets a thread out of poll(). Setting it after disposal does nothing.</summary>
internal sealed class WakeSignal : SafeHandle
{
    public WakeSignal()
        : base(-1, ownsHandle: true)
    {
        SetHandle(Posix.OpenEvent());
        if (IsInvalid)
        {
            throw new InvalidOperationException($"no eventfd: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public override bool IsInvalid => handle < 0;

    /// <summary>For the thread that owns the signal.</summary>
    public int File => (int)handle;

    public void Set()
    {
        var held = false;
        try
        {
            DangerousAddRef(ref held);
            Posix.Signal(File);
        }
        catch (ObjectDisposedException)
        {
            // The thread has ended: nobody is left to wake.
        }
        finally
        {
            if (held)
            {
                DangerousRelease();
            }
        }
    }

    public void Clear() => Posix.Clear(File);

    protected override bool ReleaseHandle() => Posix.Close(File) == 0;
}
