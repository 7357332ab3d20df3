using Parking.Codes;

namespace Parking.Api.LiveStore;

/// <summary>Says that a holder's timeline reached a version. Whoever drains the list loads the timeline as it is by then.</summary>
internal readonly record struct OutgoingEntry(HolderId Holder, long Version);
