using EdgeAgent.Configuration;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Machines;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.Modes;
using EdgeAgent.Core.Signals;
using EdgeAgent.Storage;

namespace EdgeAgent.Pipeline;

/// <summary>The config in the words of the domain.</summary>
internal static class WatchPlan
{
    public static IReadOnlyList<Channel> Channels(AgentOptions options) =>
        [.. options.Channels.Select(channel => new Channel(channel.Name, channel.Role, channel.Unit))];

    public static WatchSettings Settings(AgentOptions options)
    {
        var alarm = options.Detection.Alarm;
        return new WatchSettings(
            options.Machine.Id,
            Channels(options),
            [.. options.Channels.Select(Limits)],
            new HealthDelays(TimeSpan.FromSeconds(options.Health.RaiseAfterSeconds), TimeSpan.FromSeconds(options.Health.ClearAfterSeconds)),
            options.Sampling.RateHz,
            TimeSpan.FromSeconds(options.Sampling.MaxGapSeconds),
            options.Calibration.FalseAlarmRate,
            Seconds(alarm.OnDelaySeconds),
            Seconds(alarm.OffDelaySeconds),
            alarm.ClearBelow,
            alarm.CriticalAbove,
            Modes(options),
            Drift(options.Detection.Drift));
    }

    public static AlarmRules Alarms(AgentOptions options) => new(
        options.Detection.Alarm.Latch,
        TimeSpan.FromSeconds(options.Alarms.FirstOutSeconds),
        options.Alarms.Flood.Alarms,
        TimeSpan.FromSeconds(options.Alarms.Flood.Seconds),
        TimeSpan.FromMinutes(options.Alarms.Shelve.MaxMinutes),
        options.Alarms.Shelve.Critical);

    public static HistoryLimits History(AgentOptions options) =>
        new(TimeSpan.FromDays(options.Alarms.History.Days), (long)(options.Alarms.History.Megabytes * 1e6));

    /// <summary>What the config knows of the machine beforehand.</summary>
    /// <param name="rowRateHz">Rows per second of the model's windows.</param>
    public static MachineFacts Facts(AgentOptions options, double rowRateHz)
    {
        var bearings = options.Machine.Bearings.ToDictionary(bearing => bearing.Name, bearing => bearing.DefectOrders());
        return new MachineFacts(
            rowRateHz,
            options.Machine.Shaft?.SpeedRpm / 60,
            (options.Machine.Shaft?.TolerancePercent ?? 0) / 100,
            [.. options.Channels.Select(channel => channel.Bearing is { } name ? bearings[name] : null)]);
    }

    /// <summary>Windows that a calibration of the configured duration holds.</summary>
    public static int CalibrationWindows(AgentOptions options, AnomalyContract contract)
    {
        var samples = options.Calibration.DurationSeconds * contract.RowRateHz(options.Sampling.RateHz);
        return (int)Math.Max(1, Math.Floor((samples - contract.WindowSamples) / contract.HopSamples) + 1);
    }

    /// <summary>The length of one window of the model at the configured rate.</summary>
    public static TimeSpan WindowLength(AgentOptions options, AnomalyContract contract) =>
        TimeSpan.FromSeconds((contract.WindowSamples - 1) / contract.RowRateHz(options.Sampling.RateHz));

    private static ModeRule? Modes(AgentOptions options) => options.Machine.Modes is not { } modes ? null : new ModeRule(
        options.Channels.ToList().FindIndex(channel => channel.Name == modes.Channel),
        [.. modes.States.Select(state => new OperatingMode(state.Name, state.Below, state.Watch))],
        modes.Deadband,
        TimeSpan.FromSeconds(modes.SettleSeconds));

    private static DriftLimits? Drift(DriftOptions drift) => drift.LimitSigma is not > 0 ? null : new DriftLimits(
        drift.LimitSigma.Value,
        TimeSpan.FromMinutes(drift.ForMinutes),
        drift.AcceptAfterHours > 0 ? TimeSpan.FromHours(drift.AcceptAfterHours) : null);

    private static HealthLimits Limits(ChannelOptions channel) => new(
        (float?)channel.Min,
        (float?)channel.Max,
        channel.StuckAfterSeconds > 0 ? TimeSpan.FromSeconds(channel.StuckAfterSeconds) : null,
        (float)channel.SmallestChange);

    private static TimeSpan? Seconds(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
