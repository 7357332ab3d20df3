namespace Parking.Api.LiveStore;

/// <summary>A holder's timeline as stored. Version 0: there is none yet, and <see cref="Content"/> is empty.</summary>
internal readonly record struct StoredTimeline(long Version, ReadOnlyMemory<byte> Content);
