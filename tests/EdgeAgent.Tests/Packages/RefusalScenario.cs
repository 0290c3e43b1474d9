using EdgeAgent.Core.Decisions;
using EdgeAgent.Packages;
using EdgeAgent.Tests.Storage.PowerLoss;

namespace EdgeAgent.Tests.Packages;

/// <summary>Every package of a shop is refused, one after the other.</summary>
internal sealed class RefusalScenario : IScenario
{
    /// <summary>Told before a package is looked at, with its file behind it.</summary>
    public const string Next = "next ";

    private static readonly Moment Now = new(ManualTime.Start, Synced: true, TimeSpan.FromHours(1));

    public void Work(string folder, Teller tell, Random random, int steps)
    {
        var shop = InstallScenario.ShopOf(folder);
        using var ring = InstallScenario.RingOf(shop);
        foreach (var file in Directory.GetFiles(shop, "*.eapkg").Order(StringComparer.Ordinal))
        {
            tell.Say(Next + Path.GetFileName(file));
            var result = InstallScenario.Installer(folder, ring).InstallAsync(file, OperatorWord.None, Now, lastSynced: null, CancellationToken.None).GetAwaiter().GetResult();
            if (result.Verdict != InstallVerdict.Refused)
            {
                throw new InvalidOperationException($"{file}: {result.Verdict}");
            }
        }
    }

    public Finding Look(string folder, StoredState before, StoredState after) => throw new NotSupportedException("what a refusal leaves is looked at by its recording");
}
