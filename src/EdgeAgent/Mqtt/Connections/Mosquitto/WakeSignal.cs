using System.Runtime.InteropServices;

namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>An eventfd that gets a thread out of poll(). Setting it after disposal does nothing.</summary>
internal sealed class WakeSignal : SafeHandle
{
    private int _isSet;

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
        if (Interlocked.Exchange(ref _isSet, 1) == 1)
        {
            return; // Of many messages in a row the first wakes the thread, which has not looked yet.
        }

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

    /// <summary>Before looking for what it was set for: what comes after the look sets it again.</summary>
    public void Clear()
    {
        Posix.Clear(File);
        Interlocked.Exchange(ref _isSet, 0);
    }

    protected override bool ReleaseHandle() => Posix.Close(File) == 0;
}
