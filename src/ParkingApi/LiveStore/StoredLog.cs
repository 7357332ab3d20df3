namespace Parking.Api.LiveStore;

/// <summary>A facility's log as stored. Version 0: there is none yet, and <see cref="Content"/> is empty.</summary>
internal readonly record struct StoredLog(long Version, ReadOnlyMemory<byte> Content);
