namespace Parking.Facilities;

/// <summary>The documents that a city was read from, as they stood in their files (UTF-8).</summary>
/// <param name="City">The city file.</param>
/// <param name="Files">The tariffs and holiday calendars that it names, by the names it has for them.</param>
public sealed record CityDocuments(ReadOnlyMemory<byte> City, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files)
{
    /// <summary>Of a city that was not read: an empty document.</summary>
    public static CityDocuments None { get; } = new("{}"u8.ToArray(), new Dictionary<string, ReadOnlyMemory<byte>>());
}
