using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parking.Ports;

namespace Parking.Stores.Lives;

/// <summary>What a store keeps about its own life.</summary>
/// <param name="Life">Its epochs.</param>
/// <param name="Shards">The parts of the store that can lose something of their own; empty if the store is one file.</param>
internal sealed record LifeRecord(StoreLife Life, IReadOnlyList<ShardLife> Shards)
{
    /// <summary>Draws a name for an epoch that begins now.</summary>
    public static StoreEpoch DrawEpoch(Instant now, Instant resendFrom) => new(DrawHex(sizeof(uint)), now, resendFrom);

    /// <summary>Draws an identity, in 16 hexadecimal digits.</summary>
    public static string DrawIdentity() => DrawHex(sizeof(ulong));

    /// <summary>
    /// From when on everything has to be sent again after a loss. What was written more than <see cref="StoreEpoch.Margin"/> before
    /// <paramref name="keptUntil"/> is still there. Null: nothing is known to be.
    /// </summary>
    public static Instant ResendFrom(Instant? keptUntil) => keptUntil is { } kept
        ? Instant.Max(kept - StoreEpoch.Margin, StoreEpoch.Everything)
        : StoreEpoch.Everything;

    /// <summary>
    /// The later of the life that the store says and the one that an instance knows. If the store does not know the instance's epoch, it is
    /// an older copy, or empty.
    /// </summary>
    public static StoreLife? Later(StoreLife? stored, StoreLife? known) =>
        known is null || stored?.Epochs.Any(epoch => epoch.Name == known.Epoch) == true ? stored : known;

    private static string DrawHex(int bytes)
    {
        Span<byte> random = stackalloc byte[bytes];
        RandomNumberGenerator.Fill(random);
        return Convert.ToHexStringLower(random);
    }
}

/// <summary>A part of the store: a primary of Redis, found by a key in one of its slots.</summary>
/// <param name="Key">The key.</param>
/// <param name="Identity">What the key has held since this part is in use. Another value: the part lost everything.</param>
/// <param name="Process">The run id of the Redis that owned the slot. Another one: it was started anew, or replaced by its replica.</param>
internal sealed record ShardLife(string Key, string Identity, string Process);

/// <summary>Writes and reads what a store keeps about its life, as JSON of version 1.</summary>
internal static partial class LifeRecordJson
{
    public const int Version = 1;

    public static string Write(LifeRecord record) => JsonSerializer.Serialize(
        new Document(
            Version,
            [.. record.Life.Epochs.Select(epoch => new Epoch(
                epoch.Name, epoch.BeganAt.ToUnixTimeMilliseconds(), epoch.ResendFrom.ToUnixTimeMilliseconds()))],
            record.Shards.Count == 0 ? null : record.Shards),
        Context.Default.Document);

    /// <exception cref="StoreUnavailableException">It is damaged, or of another version.</exception>
    public static LifeRecord Read(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, Context.Default.Document) is { Version: Version, Epochs.Count: > 0 } document)
            {
                return new(
                    new([.. document.Epochs.Select(epoch => new StoreEpoch(
                        epoch.Name,
                        Instant.FromUnixTimeMilliseconds(epoch.BeganAt),
                        Instant.FromUnixTimeMilliseconds(epoch.ResendFrom)))]),
                    document.Shards ?? []);
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new StoreUnavailableException(
            $"What the store keeps about its life is damaged, or of a version other than {Version}. Run the version of the service that "
                + "wrote it, or remove it: gates then send again everything that they keep.");
    }

    private sealed record Document(
        [property: JsonPropertyName("v")] int Version, IReadOnlyList<Epoch> Epochs, IReadOnlyList<ShardLife>? Shards = null);

    /// <summary>Times are Unix milliseconds.</summary>
    private sealed record Epoch(string Name, long BeganAt, long ResendFrom);

    [JsonSourceGenerationOptions(
        JsonSerializerDefaults.Web,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(Document))]
    private sealed partial class Context : JsonSerializerContext;
}
