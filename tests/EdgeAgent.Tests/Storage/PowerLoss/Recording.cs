using System.Diagnostics;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>Runs a scenario in a process of its own under strace.</summary>
internal static class Recording
{
    private const string Calls = "openat,close,write,pwrite64,writev,pwritev,ftruncate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat";

    /// <param name="inject">What strace is to make fail, as its option --inject takes it; null = nothing.</param>
    public static (IReadOnlyList<FileOperation> Operations, int Injected, int ExitCode, string Errors) Make(
        string scenario, string folder, int seed, int steps, string? inject = null)
    {
        var trace = folder + ".trace";
        var start = new ProcessStartInfo("strace") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-f", "-qq", "-xx", "-s", "100000000", "-o", trace, "-e", "trace=" + Calls, .. inject is null ? ["--seccomp-bpf"] : new[] { "--inject=" + inject }])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var argument in (string[])["dotnet", typeof(Recording).Assembly.Location, scenario, folder, $"{seed}", $"{steps}"])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            var reader = new TraceReader(folder);
            return (reader.Read(trace), reader.Injected.Values.Sum(), process.ExitCode, errors.Result);
        }
        finally
        {
            File.Delete(trace);
        }
    }
}
