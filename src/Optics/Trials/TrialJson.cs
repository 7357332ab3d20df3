using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parking.Optics.Trials;

/// <summary>The output of <c>optics --json</c>.</summary>
public sealed record TrialJson
{
    public required string Reader { get; init; }

    /// <summary>The seed of generated frames; null for pictures from folders.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether no wrong text was read and every file could be used.</summary>
    public required bool IsGood { get; init; }

    public required IReadOnlyList<Tally> Kinds { get; init; }

    public required IReadOnlyList<Tally> Totals { get; init; }

    /// <summary>The mean processor time to make or load a frame, in milliseconds.</summary>
    public required double MakingOne { get; init; }

    public required IReadOnlyList<string> Unreadable { get; init; }

    /// <summary>Serializes one result as an object, several results as a list.</summary>
    public static string Of(IReadOnlyList<TrialResult> results, OpticsOptions options)
    {
        TrialJson[] trials = [.. results.Select(result => Of(result, options))];
        return trials is [var only]
            ? JsonSerializer.Serialize(only, Context.TrialJson)
            : JsonSerializer.Serialize(trials, Context.TrialJsonArray);
    }

    private static TrialJson Of(TrialResult result, OpticsOptions options) => new()
    {
        Reader = result.Reader,
        Seed = options.Folders.Count > 0 ? null : options.Seed,
        IsGood = result.IsGood,
        Kinds = [.. result.Kinds()],
        Totals = [.. result.Totals()],
        MakingOne = result.MakingOne.TotalMilliseconds,
        Unreadable = result.Unreadable,
    };

    // The output is not embedded in a web page, so Chinese characters are not escaped.
    private static readonly TrialJsonContext Context = new(new JsonSerializerOptions(TrialJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>JSON in camelCase, indented. Nulls are written so that every tally has the same members.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(TrialJson))]
[JsonSerializable(typeof(TrialJson[]))]
internal sealed partial class TrialJsonContext : JsonSerializerContext;
