using System.Text.Json.Serialization;
using EdgeAgent.Core.ModelPackages.Acceptance;

namespace EdgeAgent.Packages;

/// <summary>Which installed packages of one name are in use, and which may be.</summary>
/// <param name="Active">The slot in use; null = the package that the config names.</param>
/// <param name="LastGood">The slot before it, kept for a rollback; null = the package that the config names.</param>
/// <param name="Highest">The highest sequence that was taken; null if none was.</param>
internal sealed record PackageSlots(string? Active, string? LastGood, AcceptedSequence? Highest)
{
    public static PackageSlots Empty { get; } = new(null, null, null);
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, WriteIndented = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PackageSlots))]
internal sealed partial class PackageSlotsJson : JsonSerializerContext;
