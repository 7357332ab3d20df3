using System.Text.Json.Serialization;

namespace Parking.ScannerSim.Reading;

/// <summary>How results are written as JSON: camelCase, indented, nulls included so that every result has the same members.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(List<ImageResult>))]
internal sealed partial class ImageResultJsonContext : JsonSerializerContext;
