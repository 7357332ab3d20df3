using System.Text.Json;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// The last feed, on the gate's disk. A file that cannot be read or written is ignored: the gate fetches the feed again.
/// </summary>
/// <param name="folder">Where the feed is kept.</param>
/// <param name="before">Where it was kept before, if that is another folder.</param>
internal sealed class FeedCache(IGateFolder folder, IGateFolder? before = null)
{
    private const string Name = "feed.json";

    /// <summary>The stored feed; null if there is none or if it cannot be read.</summary>
    public CachedFeed? Load()
    {
        try
        {
            var source = folder.List().Contains(Name) ? folder : before ?? folder;
            var feed = source.List().Contains(Name)
                ? JsonSerializer.Deserialize<CachedFeed>(source.ReadAll(Name), ClientJson.Options)
                : null;
            return feed is { ETag: not null, Feed: not null } ? feed : null;
        }
        catch (Exception error) when (GateStorage.IsDisk(error))
        {
            return null;
        }
    }

    /// <returns>Why it could not be written; null if it was.</returns>
    public string? Store(CachedFeed feed)
    {
        try
        {
            folder.WriteWhole(Name, JsonSerializer.SerializeToUtf8Bytes(feed, ClientJson.Options));
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}

/// <summary>A feed as it is stored on the gate's disk.</summary>
/// <param name="ETag">The feed's entity tag, with its quotes.</param>
/// <param name="Feed">The feed.</param>
internal sealed record CachedFeed(string ETag, GateFeed Feed);
