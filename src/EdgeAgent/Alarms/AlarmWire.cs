using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Alarms;

/// <summary>A request as it goes over the local socket: one line of JSON.</summary>
internal sealed record WireRequest(string Operation, Guid AlarmId, string? Who, string? Comment, double? ForSeconds);

/// <summary>The answer: one line of JSON; also what `--json` prints.</summary>
/// <param name="Result">"done", "already-so", "unknown-alarm", "bad-request", "refused", "not-stored" or "stopping".</param>
internal sealed record WireAnswer(string Result, string Text, AlarmStatus? Alarm);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireRequest))]
[JsonSerializable(typeof(WireAnswer))]
[JsonSerializable(typeof(IReadOnlyList<AlarmLine>))]
internal sealed partial class AlarmWire : JsonSerializerContext
{
    public const string Done = "done";
    public const string AlreadySo = "already-so";
    public const string UnknownAlarm = "unknown-alarm";
    public const string BadRequest = "bad-request";
    public const string Stopping = "stopping";

    public static AlarmRequest? RequestOf(WireRequest wire) =>
        Enum.TryParse<AlarmOperation>(wire.Operation, ignoreCase: true, out var operation) && Enum.IsDefined(operation)
            && wire.ForSeconds is null or (> 0 and < 1e9)
            ? new AlarmRequest(operation, wire.AlarmId, wire.Who, wire.Comment, wire.ForSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null)
            : null;

    public static WireAnswer AnswerOf(AlarmAnswer answer) => new(
        answer.Verdict switch
        {
            AlarmVerdict.Done => Done,
            AlarmVerdict.AlreadySo => AlreadySo,
            AlarmVerdict.UnknownAlarm => UnknownAlarm,
            AlarmVerdict.BadRequest => BadRequest,
            AlarmVerdict.Refused => "refused",
            _ => "not-stored",
        },
        answer.Text,
        answer.Alarm);
}
