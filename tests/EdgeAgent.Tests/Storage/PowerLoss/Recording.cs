using System.Diagnostics;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>Runs a scenario in a process of its own under strace.</summary>
internal static class Recording
{
    private const string Calls = "openat,close,write,pwrite64,writev,pwritev,ftruncate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,clone,clone3,fork,vfork";

    /// <param name="inject">What strace is to make fail, as its option --inject takes it; null = nothing.</param>
    /// <param name="only">Calls on other files are neither recorded nor made to fail; null = all are.</param>
    public static RecordedProcess Make(string scenario, string folder, int seed, int steps, string? inject = null, IReadOnlyList<string>? only = null)
    {
        var trace = folder + ".trace";
        var start = new ProcessStartInfo("strace") { RedirectStandardOutput = true, RedirectStandardError = true };

        // The runtime's own use of files would be made to fail, too.
        (start.Environment["DOTNET_EnableWriteXorExecute"], start.Environment["DOTNET_EnableDiagnostics"]) = ("0", "0");
        string[] filter = [.. (only ?? []).SelectMany(path => new[] { "-P", path }), .. inject is null ? Array.Empty<string>() : ["--inject=" + inject]];
        foreach (var argument in (string[])["-f", "--seccomp-bpf", "-qq", "-xx", "-s", "100000000", "-o", trace, "-e", "trace=" + Calls, .. filter])
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
            var told = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            var reader = new TraceReader(folder);
            return new RecordedProcess(reader.Read(trace), reader.Injected, told.Split('\n', StringSplitOptions.RemoveEmptyEntries), process.ExitCode, errors.Result)
            {
                Elsewhere = reader.Elsewhere,
                Children = reader.Children,
            };
        }
        finally
        {
            File.Delete(trace);
        }
    }
}
