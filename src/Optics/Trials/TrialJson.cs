using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parking.Optics.Trials;

/// <summary>What <c>optics --json</c> says.</summary>
public sealed record TrialJson
{
    public required string Reader { get; init; }

    /// <summary>The seed of the frames; null for given ones.</summary>
    public long? Seed { get; init; }

    /// <summary>Nothing wrong was read, and every file could be used.</summary>
    public required bool IsGood { get; init; }

    public required IReadOnlyList<Tally> Kinds { get; init; }

    public required IReadOnlyList<Tally> Totals { get; init; }

    /// <summary>Milliseconds of one processor to make or load a frame.</summary>
    public required double MakingOne { get; init; }

    public required IReadOnlyList<string> Unreadable { get; init; }

    /// <summary>One reader's result as an object, those of several as a list.</summary>
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

    // For people and pipes, not for a web page: Chinese stays Chinese.
    private static readonly TrialJsonContext Context = new(new JsonSerializerOptions(TrialJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>How it is written: camelCase, indented, nulls included so that every tally has the same members.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(TrialJson))]
[JsonSerializable(typeof(TrialJson[]))]
internal sealed partial class TrialJsonContext : JsonSerializerContext;
