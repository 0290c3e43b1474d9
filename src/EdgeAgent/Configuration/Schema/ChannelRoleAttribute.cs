namespace EdgeAgent.Configuration.Schema;

/// <summary>The text, or each key of the dictionary, is one of the channel roles that the agent knows.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ChannelRoleAttribute : Attribute;
