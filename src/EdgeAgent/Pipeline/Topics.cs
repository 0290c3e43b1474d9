namespace EdgeAgent.Pipeline;

/// <summary>The agent's topics: edgeagent/v1/{site}/{device}/…</summary>
internal sealed record Topics(string Site, string Device)
{
    public string Root => $"edgeagent/v1/{Site}/{Device}";

    public string Status => Of("status");

    public string Of(string kind) => $"{Root}/{kind}";
}
