namespace EdgeAgent.Inference.Tests;

/// <summary>Finds the shipped packages from wherever the tests run.</summary>
internal static class Shipped
{
    public static string Root { get; } = FindRoot();

    public static string Package(string name) => Path.Combine(Root, "models", name);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeAgent.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the repository");
    }
}
