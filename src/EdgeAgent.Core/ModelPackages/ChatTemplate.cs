namespace EdgeAgent.Core.ModelPackages;

/// <summary>The chat template as plain strings around each role's text.</summary>
public sealed record ChatTemplate(ChatAffixes System, ChatAffixes User, ChatAffixes Assistant);
