using Parking.Api.Facilities;
using Parking.Api.Stays;

namespace Parking.Api.LiveStore;

/// <summary>One journal of one gate.</summary>
internal readonly record struct GateJournal(GateId Gate, JournalId Journal);
