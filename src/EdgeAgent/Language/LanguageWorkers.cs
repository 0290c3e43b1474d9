// temporary
using EdgeAgent.Configuration;
using EdgeAgent.Core.Diagnosis;
using Microsoft.Extensions.Logging;
namespace EdgeAgent.Language;
internal sealed class LanguageWorkers : IAsyncDisposable
{
    public static LanguageWorkers Start(DeviceConfig c, TimeProvider t, ILoggerFactory l) => new();
    public Task<ModelOutcome> AskAsync(IReadOnlyList<Evidence> evidence, FaultLibrary library, CancellationToken cancellationToken) => Task.FromResult(ModelOutcome.Failed("no package"));
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
