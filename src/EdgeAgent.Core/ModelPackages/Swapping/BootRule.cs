namespace EdgeAgent.Core.ModelPackages.Swapping;

/// <summary>A model in probation with which the agent does not stay up is given up at a start, before it is opened again.</summary>
public static class BootRule
{
    /// <summary>Starts in a row that did not become steady.</summary>
    public const int MostStarts = 3;

    /// <summary>A start is a good one once it has scored for so long.</summary>
    public static readonly TimeSpan Steady = TimeSpan.FromSeconds(60);

    /// <param name="starts">Starts with this model before the present one that did not become steady.</param>
    public static bool GivesUp(int starts) => starts >= MostStarts;
}
