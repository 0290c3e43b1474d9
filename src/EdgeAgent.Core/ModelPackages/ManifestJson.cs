using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Core.ModelPackages;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ModelManifest))]
[JsonSerializable(typeof(ManifestFormat))]
internal sealed partial class ManifestJson : JsonSerializerContext;

/// <summary>The one key that every format has.</summary>
internal sealed record ManifestFormat(int Format = 0);
