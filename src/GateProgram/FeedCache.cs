using System.Text.Json;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>The last feed, on the gate's disk. An unreadable file is ignored: the gate fetches the feed again.</summary>
internal sealed class FeedCache(IGateFolder folder)
{
    private const string Name = "feed.json", NextName = "feed.new";

    /// <summary>The stored feed; null if there is none or if it cannot be read.</summary>
    public CachedFeed? Load()
    {
        if (!folder.List().Contains(Name))
        {
            return null;
        }
        using var file = folder.Open(Name);
        var bytes = new byte[checked((int)file.Length)];
        try
        {
            return JsonSerializer.Deserialize<CachedFeed>(bytes.AsSpan(0, file.Read(bytes, 0)), ClientJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Store(CachedFeed feed)
    {
        using (var file = folder.Open(NextName))
        {
            file.Truncate(0);
            file.Write(JsonSerializer.SerializeToUtf8Bytes(feed, ClientJson.Options), 0);
            file.Flush();
        }
        folder.Replace(NextName, Name);
        folder.Flush();
    }
}

/// <summary>A feed as it is stored on the gate's disk.</summary>
/// <param name="ETag">The feed's entity tag, with its quotes.</param>
/// <param name="Feed">The feed.</param>
internal sealed record CachedFeed(string ETag, GateFeed Feed);
