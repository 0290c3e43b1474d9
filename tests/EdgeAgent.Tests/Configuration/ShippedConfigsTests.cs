using EdgeAgent.Configuration;

namespace EdgeAgent.Tests.Configuration;

public sealed class ShippedConfigsTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Repository.DeviceConfigs, "*.json").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_shipped_config_is_accepted(string file)
    {
        var accepted = ConfigLoader.TryLoad(
            Path.Combine(Repository.DeviceConfigs, file), new Dictionary<string, string>(), ConfigUse.Run, out var config, out var problems);

        Assert.Empty(problems);
        Assert.True(accepted);
        Assert.NotEmpty(config!.FaultLibrary.Faults);
    }
}
