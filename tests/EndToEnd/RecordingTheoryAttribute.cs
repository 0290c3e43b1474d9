namespace EdgeAgent.EndToEnd;

/// <summary>A test of several cases that needs the real recordings, which are not part of the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecordingTheoryAttribute : TheoryAttribute
{
    public RecordingTheoryAttribute()
    {
        if (!Directory.Exists(Path.Combine(Repository.SharedData, "skab-dev")))
        {
            Skip = $"no recordings in {Repository.SharedData}";
        }
    }
}
