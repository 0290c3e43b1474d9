using System.Text.Json.Nodes;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Mqtt.Commands;
using EdgeAgent.Sensors.Hardware;
using EdgeAgent.Storage;

namespace EdgeAgent.Pipeline;

/// <summary>What `status` answers. Counts are since this pipeline started, those of the outbox since its file was made.</summary>
/// <param name="sensors">null with a source that has no hardware.</param>
/// <param name="language">The language model; null before it was loaded, which the first explanation does.</param>
internal sealed class StatusReport(
    PipelineCounters counters,
    Outbox outbox,
    CalibrationStep calibration,
    Func<ModelIdentity> anomaly,
    Func<ModelIdentity?> language,
    BrokerSettings broker,
    HardwareSource? sensors,
    LogLevelControl logLevel,
    CommandTally commands,
    TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public JsonObject Make()
    {
        var stored = outbox.Status();
        var made = new JsonObject
        {
            ["agent"] = AgentVersion.Text,
            ["uptimeSeconds"] = (long)time.GetElapsedTime(_started).TotalSeconds,
            ["logLevel"] = LogLevelCommand.NameOf(logLevel.Current),
            ["readings"] = counters.Frames,
            ["windows"] = counters.Windows,
            ["alarms"] = counters.Alarms,
            ["explained"] = new JsonObject { ["byModel"] = counters.ExplainedByModel, ["byTemplate"] = counters.ExplainedByTemplate },
            ["outbox"] = new JsonObject
            {
                ["stored"] = stored.Stored,
                ["delivered"] = stored.Delivered,
                ["waiting"] = stored.Waiting,
                ["dead"] = stored.Dead,
                ["lastSeq"] = stored.LastSeq,
            },
            ["calibration"] = calibration.ActiveId,
            ["calibrating"] = calibration.IsCalibrating,
            ["models"] = language() is { } loaded ? new JsonArray(Of("anomaly", anomaly()), Of("language", loaded)) : new JsonArray(Of("anomaly", anomaly())),
            ["broker"] = Broker(),
            ["commands"] = commands.ToJson(),
        };
        if (sensors?.Status is { } sampling)
        {
            made["sampling"] = sampling.ToJson();
        }

        return made;
    }

    /// <summary>Without endpoint and number: none is in use now.</summary>
    private JsonObject Broker()
    {
        var made = new JsonObject { ["of"] = 1 + broker.Alternatives.Count, ["tls"] = broker.Options.Tls is not null };
        if (broker.InUse.Current is { } current)
        {
            made["endpoint"] = current.Endpoint;
            made["number"] = current.Index + 1;
        }

        return made;
    }

    private static JsonObject Of(string kind, ModelIdentity model) =>
        new() { ["kind"] = kind, ["name"] = model.Name, ["version"] = model.Version, ["sha256"] = model.Sha256 };
}
