namespace Parking.Api.LiveStore;

/// <summary>What can be seen of a facility at a glance, and what else there is to be read.</summary>
/// <param name="Places">How many places are taken.</param>
/// <param name="IsClosed">Whether an operator has closed it.</param>
/// <param name="LogVersion">The version of its log; 0 if there is none.</param>
/// <param name="Heard">Every gate that was ever heard in it, in no order.</param>
internal sealed record FacilityGlance(int Places, bool IsClosed, long LogVersion, IReadOnlyList<HeardGate> Heard);
