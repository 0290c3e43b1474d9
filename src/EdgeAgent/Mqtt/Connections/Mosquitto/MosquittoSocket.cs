namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>Waits on libmosquitto's socket and lets the library read and write when there is something to do.</summary>
internal sealed class MosquittoSocket(MqttConnectionOptions options, MosquittoSession session, WakeSignal wake)
{
    private const int TickMs = 1000; // libmosquitto counts keep-alive in whole seconds

    /// <summary>Returns after a transfer, a tick or a wake.</summary>
    public unsafe void Wait(MosquittoClient client, int socket)
    {
        var entries = stackalloc Posix.PollEntry[2];
        entries[0] = new() { File = socket, Wanted = (short)(Posix.PollIn | (client.WantsWrite ? Posix.PollOut : 0)) };
        entries[1] = new() { File = wake.File, Wanted = Posix.PollIn };
        if (Posix.Poll(entries, 2, TickMs) <= 0)
        {
            return; // a tick, or interrupted
        }

        if (entries[1].Ready != 0)
        {
            wake.Clear();
        }

        Transfer(client, socket, entries[0].Ready);
    }

    private void Transfer(MosquittoClient client, int socket, int ready)
    {
        var isShakingHands = options.Tls is not null && !session.Connected.IsCompleted;
        if (isShakingHands && ready != 0 && Posix.IsClosedByPeer(socket))
        {
            // libmosquitto 2.0.11 takes this for "try again" and would spin until its keep-alive ends.
            session.Fail(MqttConnectResult.TlsFailed(options.Endpoint, "the broker closed the connection during the handshake"));
            return;
        }

        var canRead = (ready & (Posix.PollIn | Posix.PollError | Posix.PollHangUp)) != 0;
        var canWrite = (ready & Posix.PollOut) != 0;
        if (canRead || (canWrite && isShakingHands)) // the handshake goes on in the library's read function only
        {
            Read(client);
        }

        if (canWrite && client.Socket >= 0)
        {
            session.Check(client.Write());
        }
    }

    /// <summary>
    /// With TLS several packets can be inside OpenSSL already, where poll() does not see them, and libmosquitto may stop
    /// early there (it looks at errno, which handlers change): so it is asked again until nothing comes.
    /// </summary>
    private void Read(MosquittoClient client)
    {
        long before;
        do
        {
            before = session.Handlers.Calls;
            session.Check(client.Read());
        }
        while (options.Tls is not null && session.Handlers.Calls != before && client.Socket >= 0);
    }
}
