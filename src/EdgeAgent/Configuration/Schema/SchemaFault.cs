namespace EdgeAgent.Configuration.Schema;

/// <summary>One place where a value breaks its schema.</summary>
/// <param name="Place">JSON pointer.</param>
internal sealed record SchemaFault(string Place, string Found, string Allowed);
