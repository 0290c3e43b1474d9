using EdgeAgent.Core.ModelPackages.Acceptance;
using EdgeAgent.Packages;

namespace EdgeAgent.Tests.Packages;

public sealed class PackageSlotsTests : IDisposable
{
    private static readonly AcceptedSequence Highest = new(3, "key");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Going_back_leads_to_the_slot_before_and_then_to_the_package_of_the_config()
    {
        var slots = PackageSlots.Empty.Activate("a", Highest, onProbation: false).Activate("b", Highest, onProbation: true);
        Assert.Equal(("b", "a", 0), (slots.Active, slots.LastGood, slots.Probation!.Starts));

        var back = slots.GoBack(refuse: true);
        Assert.Equal(("a", null, null), (back.Active, back.LastGood, back.Probation));
        Assert.Equal((true, false), (back.IsRefused("b"), back.IsRefused("a")));
        Assert.Equal((null, Highest), (back.GoBack(refuse: false).Active, back.GoBack(refuse: false).Highest));
    }

    [Fact]
    public void What_is_taken_again_is_not_refused_any_more_and_the_newest_32_are_remembered()
    {
        var slots = PackageSlots.Empty;
        for (var i = 0; i < 40; i++)
        {
            slots = slots.Activate($"slot-{i}", Highest, onProbation: true).GoBack(refuse: true);
        }

        Assert.Equal(32, slots.Refused!.Count);
        Assert.Equal((false, true), (slots.IsRefused("slot-7"), slots.IsRefused("slot-8")));
        Assert.False(slots.Activate("slot-39", Highest, onProbation: false).IsRefused("slot-39"));
    }

    [Fact]
    public void A_file_of_an_agent_that_knew_neither_candidates_nor_probation_is_read()
    {
        var store = new PackageStore(_folder.Path);
        Directory.CreateDirectory(store.FolderOf("pump", "000003-1-abc"));
        File.WriteAllText(
            Path.Combine(_folder.Path, "models", "slots", "pump", "slots.json"),
            """{"active":"000003-1-abc","lastGood":null,"highest":{"sequence":3,"keyId":"key"}}""");

        var slots = store.Read("pump");

        Assert.Equal(("000003-1-abc", null, null), (slots.Active, slots.Candidate, slots.Probation));
        Assert.Equal([new InstalledPackage("pump", "000003-1-abc", "active")], InstalledPackage.All(store));
    }

    [Fact]
    public void A_model_that_never_becomes_steady_is_given_up_at_the_fourth_start_and_only_that_one()
    {
        var store = new PackageStore(_folder.Path);
        foreach (var name in new[] { "one", "two" })
        {
            Directory.CreateDirectory(store.FolderOf(name, "b"));
            store.Write(name, new PackageSlots("b", "a", Highest, Probation: name == "one" ? new PackageProbation(0) : null));
        }

        var guard = new BootGuard(store);
        for (var start = 1; start <= 3; start++)
        {
            Assert.Empty(guard.Pass());
            Assert.Equal(start, store.Read("one").Probation!.Starts);
        }

        var givenUp = Assert.Single(guard.Pass());
        Assert.Equal(("one", "b"), (givenUp.Name, givenUp.Slot));
        Assert.Equal(("a", true), (store.Read("one").Active, store.Read("one").IsRefused("b")));
        Assert.Equal(("b", "a"), (store.Read("two").Active, store.Read("two").LastGood));
        Assert.Empty(guard.Pass());
    }

    [Fact]
    public void The_newest_64_outcomes_are_kept_and_a_later_word_replaces_an_earlier_one()
    {
        var outcomes = new OutcomeFolder(_folder.Path);
        for (var i = 0; i < 70; i++)
        {
            outcomes.Write(Outcome($"p-{i}.eapkg", OutcomeResults.Shadowing, $"1.{i}"));
            File.SetLastWriteTimeUtc(outcomes.PathOf($"p-{i}.eapkg"), ManualTime.Start.UtcDateTime.AddMinutes(i));
        }

        Assert.False(outcomes.TryRead("p-4.eapkg", out _));
        Assert.True(outcomes.TryFind("pump", "1.69", 3, out var found));
        outcomes.Write(found with { Result = OutcomeResults.Refused });
        Assert.True(outcomes.TryRead("p-69.eapkg", out var later));
        Assert.Equal((OutcomeResults.Refused, true), (later.Result, later.IsRefusal));
        Assert.False(outcomes.TryFind("pump", "1.69", 3, out _));
        Assert.Equal(OutcomeFolder.Kept, Directory.GetFiles(outcomes.FullPath).Length);
    }

    private static PackageOutcome Outcome(string file, string result, string version) =>
        new(PackageOutcome.FormatName, file, new string('0', 64), result, "why", "pump", version, 3, ManualTime.Start);
}
