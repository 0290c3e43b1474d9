using System.Globalization;

namespace EdgeAgent.Tests;

/// <summary>What a person asks of a test that has a long form, by the environment.</summary>
public static class LongForm
{
    /// <param name="otherwise">In every run that does not say.</param>
    public static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
