using EdgeAgent.Alarms;
using EdgeAgent.Commanding;
using EdgeAgent.Configuration;
using EdgeAgent.Storage;
using EdgeAgent.Swapping;

namespace EdgeAgent.Pipeline;

/// <summary>Every command that this agent has; which of them are carried out, the config says.</summary>
internal static class OperatorCommands
{
    /// <param name="snapshots">The folder that they lie in.</param>
    public static IReadOnlyList<ICommand> All(
        AgentOptions options,
        CalibrationStep calibration,
        AlarmDesk desk,
        AlarmJournal journal,
        string snapshots,
        SwapParts swaps,
        LogLevelControl logLevel,
        Action restart,
        TimeProvider time,
        StatusReport status) =>
    [
        .. AlarmCommand.All(desk, TimeSpan.FromMinutes(options.Alarms.Shelve.MaxMinutes)),
        new FeedbackCommand(journal, time),
        new CalibrateCommand(calibration.Requests, time),
        new LogLevelCommand(logLevel),
        new RestartPipelineCommand(restart),
        new SnapshotCommand(snapshots),
        new ModelListCommand(swaps.Store),
        new ModelRollbackCommand(swaps.Mail, time),
        new StatusCommand(status.Make),
    ];
}
