using System.Globalization;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>What the test assembly does when it is started as a program: <c>dotnet EdgeAgent.Tests.dll SCENARIO FOLDER SEED STEPS</c>.</summary>
internal static class StorageProcess
{
    public static int Main(string[] arguments)
    {
        if (arguments is not [var name, var folder, var seed, var steps] || Scenarios.Find(name) is not { } scenario)
        {
            Console.Error.WriteLine($"usage: {string.Join('|', Scenarios.Names)} FOLDER SEED STEPS");
            return 2;
        }

        using var tell = new Teller();
        scenario.Work(
            folder, tell, new Random(int.Parse(seed, CultureInfo.InvariantCulture)), int.Parse(steps, CultureInfo.InvariantCulture));
        return 0;
    }
}
