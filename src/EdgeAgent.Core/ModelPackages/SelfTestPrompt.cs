namespace EdgeAgent.Core.ModelPackages;

/// <summary>A question to a language package, and what it answered where it was made. Other processors may lead to other words.</summary>
public sealed record SelfTestPrompt(string Prompt, string Answer);
