using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Storage;

namespace EdgeAgent.Tests.Storage;

public sealed class CalibrationStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CalibrationStore _store;

    public CalibrationStoreTests() => _store = new CalibrationStore(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_version_becomes_the_active_one_and_the_old_file_stays_as_it_is()
    {
        var first = Calibrations.Save(_store);
        var bytes = File.ReadAllBytes(_store.PathOf("0001"));
        Calibrations.Save(_store, flow: 120);

        Assert.Equal("0001", first.Id);
        Assert.Equal(bytes, File.ReadAllBytes(_store.PathOf("0001")));
        Assert.Equal("0002\n0001\n", File.ReadAllText(_store.Active.FullPath));
        var loaded = Load(out var why);
        Assert.Null(why);
        Assert.Equal("0002", loaded!.Id);
        Assert.Equal([120, 2], loaded.Calibration.Modes[0].Baseline["center"]);
        Assert.Equal("synced", loaded.Clock);
        Assert.Equal(AgentVersion.Text, loaded.Agent);
        Assert.True(loaded.Calibration.Modes[0].Adequacy!.IsLongEnough);
    }

    [Fact]
    public void After_a_swap_of_models_the_one_that_was_last_in_use_with_this_model_is_taken_and_for_a_strange_one_none()
    {
        Calibrations.Save(_store, flow: 100);
        Calibrations.Save(_store, flow: 110);
        var other = new ModelIdentity("process-anomaly", "0.2.0", new string('b', 64));
        Assert.NotNull(_store.TrySave(CalibrationDraft.Of(Calibrations.Make(model: other), Calibrations.Contract, CalibrationOrigin.Shadow, ManualTime.Start, synced: true), out _));

        Assert.Equal("0003", _store.TryLoadActive("P-1", other, Calibrations.Contract, out _)!.Id);
        Assert.Equal("0002", Load(out var why)!.Id);
        Assert.Null(why);
        Assert.Null(_store.TryLoadActive("P-1", other with { Version = "0.3.0" }, Calibrations.Contract, out why));
        Assert.Contains("was made for process-anomaly 0.2.0, and process-anomaly 0.3.0 is in use", why);
        Assert.Null(_store.TryLoadActive("P-2", Calibrations.Model, Calibrations.Contract, out why));
        Assert.Contains("was made for machine P-1", why);
    }

    [Fact]
    public void A_number_that_another_process_took_is_left_alone()
    {
        Calibrations.Save(_store);
        var other = _store.PathOf("0002");
        Assert.True(DurableFile.TryCreate(other, "theirs"u8));

        Assert.False(DurableFile.TryCreate(other, "mine"u8));
        Assert.Equal("theirs", File.ReadAllText(other));
        Assert.Equal("0003", Calibrations.Save(_store).Id);
        Assert.Equal(["0001.json", "0002.json", "0003.json", "active"], Directory.GetFiles(Path.GetDirectoryName(other)!).Select(path => Path.GetFileName(path)).Order());
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("{\"id\":\"0001\"", "cannot be read")]
    [InlineData("null", "holds no calibration")]
    [InlineData("{}", "holds no calibration")]
    [InlineData("\0\0\0\0", "cannot be read")]
    public void A_broken_active_file_is_one_reason_and_no_other_version_takes_its_place(string content, string reason)
    {
        Calibrations.Save(_store);
        Calibrations.Save(_store);
        File.WriteAllText(_store.PathOf("0002"), content);

        Assert.Null(Load(out var why));
        Assert.Contains(reason, why);
        Assert.Contains("0002.json", why);
        Assert.DoesNotContain('\n', why!);
    }

    [Theory]
    [InlineData("\"format\": 2", "\"format\": 3", "has format 3; this agent reads 2")]
    [InlineData("\"threshold\": 1.5", "\"threshold\": 0", "has the threshold 0")]
    [InlineData("\"id\": \"0001\"", "\"id\": \"0007\"", "holds the calibration 0007")]
    [InlineData("\"center\": \"center\"", "\"center\": \"middle\"", "is incomplete")]
    [InlineData("100,", "", "is incomplete")]
    [InlineData("100,", "1e39,", "")]
    [InlineData("\"sigma\": [", "\"spread\": [", "is incomplete")]
    public void A_changed_file_is_one_reason(string before, string after, string reason)
    {
        Calibrations.Save(_store);
        var text = File.ReadAllText(_store.PathOf("0001"));
        Assert.Contains(before, text);
        File.WriteAllText(_store.PathOf("0001"), text.Replace(before, after, StringComparison.Ordinal));

        Assert.Null(Load(out var why));
        Assert.Contains(reason, why);
        Assert.DoesNotContain('\n', why!);
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_never_crashes_and_is_never_used()
    {
        Calibrations.Save(_store);
        var bytes = File.ReadAllBytes(_store.PathOf("0001"));
        for (var length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(_store.PathOf("0001"), bytes[..length]);
            Assert.Null(Load(out var why));
            Assert.NotNull(why);
        }
    }

    [Fact]
    public void A_version_for_another_machine_or_build_of_the_model_is_refused_with_both_names()
    {
        Calibrations.Save(_store, machine: "P-2");
        Assert.Null(Load(out var why));
        Assert.Contains("made for machine P-2, and this is P-1", why);

        var other = Calibrations.Model with { Sha256 = new string('b', 64) };
        Assert.Null(_store.TryLoadActive("P-2", other, Calibrations.Contract, out why));
        Assert.Contains("another build of process-anomaly 0.1.0", why);
        Assert.Null(_store.TryLoadActive("P-2", other with { Version = "0.2.0" }, Calibrations.Contract, out why));
        Assert.Contains("made for process-anomaly 0.1.0, and process-anomaly 0.2.0 is in use", why);
    }

    [Theory]
    [InlineData("0009\n", "0009.json does not exist")]
    [InlineData("", "is damaged")]
    [InlineData("../../etc\n", "is damaged")]
    public void A_pointer_to_nothing_is_uncalibrated_with_the_reason(string content, string reason)
    {
        Calibrations.Save(_store);
        File.WriteAllText(_store.Active.FullPath, content);

        Assert.Null(Load(out var why));
        Assert.Contains(reason, why);
    }

    [Fact]
    public void Without_a_pointer_the_versions_that_are_there_are_told()
    {
        Assert.Null(Load(out var why));
        Assert.Equal("no calibration was made yet", why);
        _folder.Write("calibration.json", "{}");
        Assert.Null(Load(out why));
        Assert.Contains("calibration.json is of an earlier agent and is not used any more", why);
        Calibrations.Save(_store);
        File.Delete(_store.Active.FullPath);
        Assert.Null(Load(out why));
        Assert.Contains("rollback ID", why);
    }

    [Fact]
    public void The_newest_fifty_are_kept_and_the_active_one_always()
    {
        var files = Enumerable.Range(0, CalibrationStore.Kept).Select(_ => Calibrations.Save(_store).Id).ToArray();
        Calibrations.Save(_store);
        Assert.Equal(files.Skip(1).Append("0051"), _store.Ids());

        // A full folder whose active version is the oldest one.
        _store.Active.Push("0002");
        File.Copy(_store.PathOf("0002"), _store.PathOf("0000"));
        Calibrations.Save(_store);
        Assert.Equal("0052", _store.Ids()[^1]);
        Assert.Equal(CalibrationStore.Kept, _store.Ids().Count);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_one_reason()
    {
        _folder.Write("calibrations", "a file where the folder should be");
        var draft = CalibrationDraft.Of(Calibrations.Make(), Calibrations.Contract, CalibrationOrigin.Auto, ManualTime.Start, synced: false);

        Assert.Null(_store.TrySave(draft, out var problem));
        Assert.Contains("cannot be written", problem);
    }

    private StoredCalibration? Load(out string? why) => _store.TryLoadActive("P-1", Calibrations.Model, Calibrations.Contract, out why);
}
