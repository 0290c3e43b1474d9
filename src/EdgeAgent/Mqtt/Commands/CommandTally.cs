using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EdgeAgent.Commanding;
using EdgeAgent.Mqtt.Connections;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Mqtt.Commands;

/// <summary>Counts what was carried out and what was not; tells the log of rejections, but not of each one of a flood. Thread-safe.</summary>
internal sealed class CommandTally(TimeProvider time, ILogger<CommandTally> log)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, long> _rejected = new();
    private long _executed;
    private long _repeated;
    private long _answersLost;

    // Guards what follows.
    private readonly Lock _gate = new();
    private long _lastTold;
    private bool _hasTold;
    private long _untold;

    public long Executed => Interlocked.Read(ref _executed);

    public long Repeated => Interlocked.Read(ref _repeated);

    public long AnswersLost => Interlocked.Read(ref _answersLost);

    public long Rejected(string code) => _rejected.GetValueOrDefault(code);

    public void Execute() => Interlocked.Increment(ref _executed);

    public void Repeat() => Interlocked.Increment(ref _repeated);

    public void AnswerLost() => Interlocked.Increment(ref _answersLost);

    public void Reject(string name, CommandProblem problem, long times = 1)
    {
        _rejected.AddOrUpdate(problem.Code, times, (_, count) => count + times);
        long others;
        lock (_gate)
        {
            if (_hasTold && time.GetElapsedTime(_lastTold) < Quiet)
            {
                _untold += times;
                return;
            }

            (_hasTold, _lastTold, others, _untold) = (true, time.GetTimestamp(), _untold, 0);
        }

        CommandLog.Rejected(log, ArgumentReader.Quote(name), problem.Code, OneLine.Of(problem.Text), others);
    }

    public JsonObject ToJson() => new()
    {
        ["executed"] = Executed,
        ["repeated"] = Repeated,
        ["answersLost"] = AnswersLost,
        ["rejected"] = new JsonObject(_rejected.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
    };
}
