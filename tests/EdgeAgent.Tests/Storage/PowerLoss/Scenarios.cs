using EdgeAgent.Tests.Packages;

namespace EdgeAgent.Tests.Storage.PowerLoss;

internal static class Scenarios
{
    private static readonly Dictionary<string, IScenario> All = new()
    {
        ["outbox"] = new OutboxScenario(),
        ["alarms"] = new AlarmScenario(),
        ["commands"] = new CommandScenario(),
        ["files"] = new FilesScenario(),
        ["install"] = new InstallScenario(shop: null),
        ["recovery"] = new RecoveryScenario(shop: null),
        ["refusals"] = new RefusalScenario(),
        ["bad-disk"] = new BadDiskScenario(told: []),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static IScenario? Find(string name) => All.GetValueOrDefault(name);
}
