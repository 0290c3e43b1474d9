using EdgeAgent.Configuration;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.ModelPackages.Swapping;
using EdgeAgent.Inference.Packages;
using EdgeAgent.Packages;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Swapping;

/// <param name="Stage">For the detect loop.</param>
/// <param name="Mail">Where commands leave what they want.</param>
internal sealed record SwapParts(WatchStage Stage, SwapLoop Loop, StageMail Mail, PackageStore Store);

/// <summary>The parts that swap models, from the config's models block.</summary>
internal static class SwapPlan
{
    /// <param name="first">The model to begin with; owned by the stage from now on.</param>
    public static SwapParts Make(
        DeviceConfig config,
        DataDirectory data,
        LoadedWatch first,
        CalibrationStep calibration,
        DecisionMaker decisions,
        PipelineChannels channels,
        SwapSurroundings around,
        IReadOnlyList<GivenUp> givenUp,
        ILoggerFactory logs)
    {
        var mail = new StageMail();
        var notices = new SwapNotices(decisions);
        var store = new PackageStore(data.FullPath);
        var calibrations = new CalibrationStore(data.FullPath);
        var rules = Rules(config);
        var disk = new SwapDisk(store, calibrations, new OutcomeFolder(data.FullPath), new PackageIntake(config, store, rules.Anomaly, around.Now), around.Time);
        var loop = new SwapLoop(
            rules, disk, new IncomingFolder(data.FullPath, logs.CreateLogger<IncomingFolder>()), new ModelOpener(config, calibrations), mail, notices,
            around, givenUp, channels.Items.Writer, logs.CreateLogger<SwapLoop>());
        return new SwapParts(new WatchStage(first, calibration, decisions, notices, mail, around.Time), loop, mail, store);
    }

    private static SwapRules Rules(DeviceConfig config)
    {
        var (shadow, probation) = (config.Options.Models.Shadow, config.Options.Models.Probation);
        return new SwapRules(
            NameIn(config.Resolve(config.Options.Detection.Package)),
            config.Options.Explanation.Package is { } language ? NameIn(config.Resolve(language)) : null,
            new ShadowLimits(
                TimeSpan.FromMinutes(shadow.Minutes), shadow.Windows, shadow.MaxDisagreementPercent / 100, shadow.MaxExtraAlarmPercent / 100, shadow.MaxLatencyPercent / 100),
            new ProbationLimits(TimeSpan.FromMinutes(probation.Minutes), probation.MaxAlarmsPerHour));
    }

    private static string? NameIn(string folder) => PackageFolder.TryReadName(folder, out var name) ? name : null;
}
