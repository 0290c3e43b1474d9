namespace EdgeAgent.Configuration;

/// <summary>Where a GPIO line is.</summary>
internal interface IGpioPlace
{
    string? Chip { get; }

    string? Line { get; }

    int? Offset { get; }
}
