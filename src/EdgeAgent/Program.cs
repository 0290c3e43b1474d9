using EdgeAgent.Commands;

return await CommandLine.RunAsync(args).ConfigureAwait(false);
