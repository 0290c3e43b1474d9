namespace EdgeAgent.EndToEnd;

/// <summary>A test that needs the real recordings, which are not part of the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecordingFactAttribute : FactAttribute
{
    public RecordingFactAttribute()
    {
        if (!Directory.Exists(Path.Combine(Repository.SharedData, "skab-dev")))
        {
            Skip = $"no recordings in {Repository.SharedData}";
        }
    }
}
