using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Language;

/// <summary>The first line that a worker writes: it is ready, or why it never will be.</summary>
internal sealed record WorkerHello(bool Ready, ModelIdentity? Model, string? Error);
