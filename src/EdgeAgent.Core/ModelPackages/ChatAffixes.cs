namespace EdgeAgent.Core.ModelPackages;

public sealed record ChatAffixes(string Prefix, string Suffix);
