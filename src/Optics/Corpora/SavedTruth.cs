using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parking.QrReader;

namespace Parking.Optics.Corpora;

/// <summary>What lies beside a saved picture as <c>N.json</c>.</summary>
internal sealed record SavedTruth
{
    public required string Kind { get; init; }

    public required string Index { get; init; }

    public long? Seed { get; init; }

    /// <summary>The symbol's text, as in <c>N.txt</c>; null where there is no symbol.</summary>
    public string? Text { get; init; }

    /// <summary>The symbol's corners in pixels without the quiet zone: top left, top right, bottom right, bottom left as it stands upright.</summary>
    public ImmutableArray<FramePoint>? Corners { get; init; }

    public int Turned { get; init; }
}

/// <summary>How it is written: camelCase, indented.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SavedTruth))]
internal sealed partial class SavedTruthJsonContext : JsonSerializerContext;
