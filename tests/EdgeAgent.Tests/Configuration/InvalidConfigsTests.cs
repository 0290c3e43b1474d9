using EdgeAgent.Configuration;
using EdgeAgent.Configuration.Rules;

namespace EdgeAgent.Tests.Configuration;

/// <summary>device-configs/invalid: each folder holds a bad config and the exact lines that `check-config` prints for it.</summary>
public sealed class InvalidConfigsTests
{
    private static readonly string Folder = Path.Combine(Repository.DeviceConfigs, "invalid");

    public static TheoryData<string> Cases() => [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_bad_config_gives_exactly_the_expected_lines(string name)
    {
        var folder = Path.Combine(Folder, name) + "/";
        var output = new StringWriter();
        var errors = new StringWriter { NewLine = "\n" };

        var exitCode = new CheckConfigRun(output, errors, new Dictionary<string, string>()).Check([folder + "config.json"]);

        Assert.Equal(File.ReadAllText(folder + "expected.txt"), WithoutWhatTheBuildLacks(errors.ToString().Replace(folder, "", StringComparison.Ordinal)));
        Assert.Equal("", output.ToString());
        Assert.Equal(ExitCodes.BadInput, exitCode);
    }

    /// <summary>The cases say what is wrong with a config, whatever the build can read.</summary>
    private static string WithoutWhatTheBuildLacks(string lines) =>
        BuiltWith.DeviceBindings ? lines : string.Concat(lines.Split('\n').Where(line => line.Length > 0 && !line.Contains(BindingRule.Lacks, StringComparison.Ordinal)).Select(line => line + "\n"));

    [Fact]
    public void Good_and_bad_files_are_told_apart_in_one_go()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var good = Path.Combine(Folder, "..", "demo-pump.json");
        using var temporary = new TemporaryFolder();

        // The language package may not have been built yet; without one the config is complete.
        var environment = new Dictionary<string, string> { ["EDGEAGENT__EXPLANATION__PACKAGE"] = "" };
        var exitCode = new CheckConfigRun(output, errors, environment).Check([good, Path.Combine(temporary.Path, "no.json"), good]);

        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Equal($"{good}: ok\n{good}: ok\n", output.ToString());
        Assert.Equal($"{temporary.Path}/no.json: found no such file, allowed: a JSON file\n", errors.ToString());
    }
}
