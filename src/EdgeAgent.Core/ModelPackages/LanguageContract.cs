namespace EdgeAgent.Core.ModelPackages;

/// <summary>How the agent talks to a language package.</summary>
/// <param name="Config">genai_config.json or config.json.</param>
/// <param name="Tokenizer">tokenizer.json in Hugging Face's format.</param>
/// <param name="ContextTokens">Prompt and answer together.</param>
/// <param name="Stop">Tokens that end an answer.</param>
/// <param name="Languages">What it writes, as BCP 47 tags.</param>
public sealed record LanguageContract(
    string Config,
    string Tokenizer,
    int ContextTokens,
    int MaxNewTokens,
    string SystemPrompt,
    ChatTemplate Chat,
    IReadOnlyList<string> Stop,
    IReadOnlyList<string> Languages);
