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

    public static string Of(TrialResult result, OpticsOptions options) => JsonSerializer.Serialize(
        new TrialJson
        {
            Reader = options.Reader,
            Seed = options.Folders.Count > 0 ? null : options.Seed,
            IsGood = result.IsGood,
            Kinds = [.. result.Kinds()],
            Totals = [.. result.Totals()],
            MakingOne = result.MakingOne.TotalMilliseconds,
            Unreadable = result.Unreadable,
        },
        Context.TrialJson);

    // For people and pipes, not for a web page: Chinese stays Chinese.
    private static readonly TrialJsonContext Context = new(new JsonSerializerOptions(TrialJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>How it is written: camelCase, indented, nulls included so that every tally has the same members.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(TrialJson))]
internal sealed partial class TrialJsonContext : JsonSerializerContext;
