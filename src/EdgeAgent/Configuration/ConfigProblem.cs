namespace EdgeAgent.Configuration;

/// <summary>One mistake in a config, told as <c>FILE: /mqtt/port: found 70000, allowed: integer 1..65535</c>.</summary>
/// <param name="File">The file as it was named, or the environment variable that brought the value.</param>
/// <param name="Place">JSON pointer of the value; "" for the whole file; line and column where the file is no JSON.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Allowed">What may stand there.</param>
internal sealed record ConfigProblem(string File, string Place, string Found, string Allowed)
{
    public override string ToString() => OneLine.Of(Place.Length == 0
        ? $"{File}: found {Found}, allowed: {Allowed}"
        : $"{File}: {Place}: found {Found}, allowed: {Allowed}");
}
