namespace EdgeAgent.EndToEnd;

/// <summary>A wall clock for one process that a test can set, by libfaketime; time itself passes as ever.</summary>
internal sealed class FakeClock(string file)
{
    public static string? Library { get; } =
        Directory.Exists("/usr/lib") ? Directory.GetDirectories("/usr/lib", "*-linux-gnu").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists) : null;

    public (string Name, string Value)[] Environment =>
    [
        ("LD_PRELOAD", Library!), ("FAKETIME_TIMESTAMP_FILE", file), ("FAKETIME_CACHE_DURATION", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("DONT_FAKE_MONOTONIC", "1"), ("NO_FAKE_STAT", "1"),
    ];

    /// <param name="time">As libfaketime reads it: "@1970-01-02 00:00:00", or "+0" for the right time.</param>
    public void Set(string time)
    {
        File.WriteAllText(file + ".new", time + "\n");
        File.Move(file + ".new", file, overwrite: true);
    }
}
