using Parking.Api.Stays;
using Parking.Codes;

namespace Parking.Api.LiveStore;

/// <summary>One taken place: the scan that opened the stay (which is the stay's name), and whose it is.</summary>
internal readonly record struct Place(GateEventId Scan, HolderId Holder);
