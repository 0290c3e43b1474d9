namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>Requests that the broker has to answer, by packet identifier, with the time that the oldest has waited.</summary>
internal sealed class RequestsInFlight(TimeProvider time)
{
    private readonly Dictionary<int, MqttRequest> _byId = [];

    // In the order of sending. What has its answer meanwhile is dropped when it comes to the front.
    private readonly Queue<(int Id, MqttRequest Request, long SentAt)> _bySending = new();

    public int Count => _byId.Count;

    /// <summary>False: the identifier is still in use.</summary>
    public bool TryAdd(int id, MqttRequest request)
    {
        if (!_byId.TryAdd(id, request))
        {
            return false;
        }

        _bySending.Enqueue((id, request, time.GetTimestamp()));
        return true;
    }

    public MqttRequest? Take(int id) => _byId.Remove(id, out var request) ? request : null;

    public bool IsOldestOlderThan(TimeSpan age)
    {
        while (_bySending.TryPeek(out var oldest))
        {
            if (_byId.TryGetValue(oldest.Id, out var request) && request == oldest.Request)
            {
                return time.GetElapsedTime(oldest.SentAt) > age;
            }

            _bySending.Dequeue();
        }

        return false;
    }
}
