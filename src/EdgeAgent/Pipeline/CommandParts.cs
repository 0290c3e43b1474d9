using EdgeAgent.Mqtt.Commands;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Storage;

namespace EdgeAgent.Pipeline;

/// <param name="Memory">Disposed after the executor ended.</param>
/// <param name="Open">Takes commands on a new connection.</param>
internal sealed record CommandParts(
    CommandExecutor Executor, CommandMemory Memory, Func<IMqttConnection, CancellationToken, Task<CommandLink>> Open);
