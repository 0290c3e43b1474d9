using EdgeAgent.Commanding;

namespace EdgeAgent.Mqtt.Commands;

/// <summary>What became of one message on a command topic: a request, or a problem.</summary>
/// <param name="Name">From the topic: a stranger's text.</param>
/// <param name="Id">null if the payload has no good one.</param>
/// <param name="ReplyTo">null: nobody is answered.</param>
internal sealed record CommandReceipt(string Name, string? Id, ReplyAddress? ReplyTo, CommandRequest? Request, CommandProblem? Problem);
