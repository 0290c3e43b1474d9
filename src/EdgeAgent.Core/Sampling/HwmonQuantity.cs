namespace EdgeAgent.Core.Sampling;

/// <summary>
/// What a hwmon attribute counts in (the kernel's Documentation/hwmon/sysfs-interface): <c>temp1_input</c> is in m°C, and so on.
/// </summary>
/// <param name="Unit">The engineering unit.</param>
/// <param name="Per">How many of the attribute's steps make one of that unit.</param>
public sealed record HwmonQuantity(string Unit, double Per)
{
    /// <summary>A regular expression of the attributes that are known.</summary>
    public const string AttributePattern = "^(temp|in|curr|power|energy|fan|humidity)[0-9]{1,3}_(input|average)$";

    /// <param name="attribute">One that fits <see cref="AttributePattern"/>.</param>
    public static HwmonQuantity Of(string attribute) => attribute.AsSpan(0, attribute.AsSpan().IndexOfAnyInRange('0', '9')) switch
    {
        "temp" => new("°C", 1e3),
        "in" => new("V", 1e3),
        "curr" => new("A", 1e3),
        "power" => new("W", 1e6),
        "energy" => new("J", 1e6),
        "fan" => new("rpm", 1),
        "humidity" => new("%", 1e3),
        _ => throw new ArgumentException($"\"{attribute}\" is no known hwmon attribute", nameof(attribute)),
    };
}
