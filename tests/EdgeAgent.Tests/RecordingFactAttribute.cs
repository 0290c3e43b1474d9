namespace EdgeAgent.Tests;

/// <summary>A test that needs the recordings of a real testbed, which are not part of the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RecordingFactAttribute : FactAttribute
{
    public RecordingFactAttribute() => Skip = Repository.Recordings is null ? "../shared/data/skab-dev is not here" : null;
}
