using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Configuration;

namespace EdgeAgent.Tests.Configuration;

public sealed class ShippedConfigsTests
{
    private const string WithChips = "pump-with-chips.json";

    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Repository.DeviceConfigs, "*.json").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_shipped_config_is_accepted(string file)
    {
        // What a build without Iot.Device.Bindings cannot run, it can replay.
        var use = file == WithChips && !BuiltWith.DeviceBindings ? ConfigUse.Offline : ConfigUse.Run;
        var accepted = TryLoad(file, use, out var config, out var problems);

        Assert.Empty(problems);
        Assert.True(accepted);
        Assert.NotEmpty(config!.FaultLibrary.Faults);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    public void A_build_without_device_bindings_says_so_of_each_sensor_that_needs_them_and_what_to_use(string use)
    {
        TryLoad(WithChips, Enum.Parse<ConfigUse>(use, ignoreCase: true), out _, out var problems);

        var lacking = problems.Where(problem => problem.ToString().Contains("this build lacks", StringComparison.Ordinal)).ToList();
        Assert.Equal(BuiltWith.DeviceBindings ? 0 : 5, lacking.Count);
        Assert.All(lacking, problem => Assert.EndsWith(
            "found \"binding\", allowed: i2c-register, iio or hwmon for a chip: this build lacks System.Device.Gpio and Iot.Device.Bindings (docs/feeds.md)", problem.ToString()));
    }

    private static bool TryLoad(string file, ConfigUse use, [NotNullWhen(true)] out DeviceConfig? config, out IReadOnlyList<ConfigProblem> problems) =>
        ConfigLoader.TryLoad(Path.Combine(Repository.DeviceConfigs, file), new Dictionary<string, string>(), use, out config, out problems);
}
