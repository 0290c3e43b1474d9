namespace EdgeAgent.Configuration;

/// <summary>The work of `check-config`: every mistake in every file, at once.</summary>
/// <param name="output">Takes one line per good file.</param>
/// <param name="errors">Takes one line per mistake.</param>
internal sealed class CheckConfigRun(TextWriter output, TextWriter errors, IReadOnlyDictionary<string, string> environment)
{
    /// <returns>0 when every file is good, else 2.</returns>
    public int Check(IEnumerable<string> files)
    {
        var exitCode = 0;
        foreach (var file in files)
        {
            if (ConfigLoader.TryLoad(file, environment, ConfigUse.Check, out _, out var problems))
            {
                output.WriteLine($"{file}: ok");
                continue;
            }

            exitCode = 2;
            foreach (var problem in problems)
            {
                errors.WriteLine(problem);
            }
        }

        return exitCode;
    }
}
