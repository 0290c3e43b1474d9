namespace EdgeAgent.Inference.Language.Decoding;

/// <summary>One half of one layer's cache: what goes in as the past comes out longer as the present.</summary>
internal sealed record CacheSlot(string Past, string Present, int Heads, int HeadSize);
