using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parking.QrReader;

namespace Parking.ScannerSim.Reading;

/// <summary>The result for one picture in <c>read --json</c>.</summary>
internal sealed record ImageResult
{
    // For people and pipes, not for a web page: Chinese stays Chinese.
    private static readonly ImageResultJsonContext Json =
        new(new JsonSerializerOptions(ImageResultJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The path as it was given.</summary>
    public required string Path { get; init; }

    /// <summary>The symbol's text; null if none was read.</summary>
    public string? Text { get; init; }

    /// <summary>The symbol's version, 1 to 40.</summary>
    public int? Version { get; init; }

    /// <summary>The error correction level: L, M, Q or H.</summary>
    public string? Level { get; init; }

    /// <summary>The symbol's corners in pixels: top left, top right, bottom right, bottom left of the upright symbol.</summary>
    public ImmutableArray<FramePoint>? Corners { get; init; }

    /// <summary>The duration of reading without decoding the picture file; null if the file could not be used.</summary>
    public double? Milliseconds { get; init; }

    /// <summary>The reason why the file could not be used; null if it could be used.</summary>
    public string? Error { get; init; }

    public static ImageResult Of(string path, SymbolReading? reading, TimeSpan elapsed) => new()
    {
        Path = path,
        Text = reading?.Text,
        Version = reading?.Version,
        Level = reading?.Level.ToString()[..1],
        Corners = reading?.Corners,
        Milliseconds = Math.Round(elapsed.TotalMilliseconds, 2),
    };

    /// <summary>What <c>read --json</c> writes.</summary>
    public static string ToJson(List<ImageResult> results) => JsonSerializer.Serialize(results, Json.ListImageResult);
}

/// <summary>JSON in camelCase, indented. Nulls are written so that every result has the same members.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(List<ImageResult>))]
internal sealed partial class ImageResultJsonContext : JsonSerializerContext;
