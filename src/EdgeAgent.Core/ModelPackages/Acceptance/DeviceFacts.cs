namespace EdgeAgent.Core.ModelPackages.Acceptance;

/// <summary>What a package must fit.</summary>
/// <param name="Agent">The agent's version.</param>
/// <param name="Targets">The device's runtime id and, where a config is known, its machine type.</param>
/// <param name="HighestOpset">Of the ONNX Runtime in use.</param>
/// <param name="Providers">Execution providers of the ONNX Runtime in use.</param>
/// <param name="MemoryMegabytes">What all active models together may take.</param>
public sealed record DeviceFacts(Version Agent, IReadOnlyList<string> Targets, int HighestOpset, IReadOnlyList<string> Providers, int MemoryMegabytes);
