using System.Runtime.InteropServices;

namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>struct mosquitto *. Destroying it closes the socket without DISCONNECT.</summary>
internal sealed class MosquittoHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibMosquitto.Destroy(handle);
        return true;
    }
}
