using System.ComponentModel;
using System.Text.Json.Serialization;

namespace EdgeAgent.Configuration;

/// <summary>Where readings come from: one kind of source with its own settings.</summary>
[Description("Where the readings come from.")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(SimulatedSourceOptions), "simulated")]
[JsonDerivedType(typeof(SimulatedMotorOptions), "simulated-motor")]
[JsonDerivedType(typeof(CsvSourceOptions), "csv")]
[JsonDerivedType(typeof(NpySourceOptions), "npy")]
[JsonDerivedType(typeof(HardwareSourceOptions), "hardware")]
internal abstract record SourceOptions;
