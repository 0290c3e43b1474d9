using System.CommandLine;
using EdgeAgent.Language;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent generate`: lets a language package answer a prompt.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var package = new Option<string>("--package") { Description = "The language package's folder.", Required = true, HelpName = "PATH" };
        var prompt = new Option<string?>("--prompt") { Description = "The user's text.", HelpName = "TEXT" };
        var promptFile = new Option<string?>("--prompt-file") { Description = "A file with the user's text.", HelpName = "FILE" };
        var maxTokens = new Option<int?>("--max-tokens") { Description = "Tokens to write at most. Default: as the package says.", HelpName = "N" };
        var json = SharedOptions.Json();
        var command = new Command("generate", "Lets a language package answer a prompt: text, token ids, tokens/s.") { package, prompt, promptFile, maxTokens, json };
        command.SetAction((parsed, cancellationToken) => new GenerateHandler(Console.Out, Console.Error, TimeProvider.System).RunAsync(
            parsed.GetValue(package)!, parsed.GetValue(prompt), parsed.GetValue(promptFile), parsed.GetValue(maxTokens),
            parsed.GetValue(json), cancellationToken));
        return command;
    }
}
