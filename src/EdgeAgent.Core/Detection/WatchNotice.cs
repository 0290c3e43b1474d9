using EdgeAgent.Core.Alarms;

namespace EdgeAgent.Core.Detection;

/// <summary>Something that the watch has to say about itself and not about the machine.</summary>
/// <param name="Code">As it stands in the decision, e.g. <c>sampling-rate-wrong</c>.</param>
public sealed record WatchNotice(string Code, Severity Severity, IReadOnlyDictionary<string, string> Data);
