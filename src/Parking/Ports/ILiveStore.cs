namespace Parking.Ports;

/// <summary>
/// A whole live store: all ports that one store implements. Only the registration of a store and its contract tests use it whole; all other
/// code takes the port that it needs. There are two implementations under one contract (<c>LiveStoreContract</c> in the tests).
/// </summary>
/// <remarks>
/// <para>Every method is one atomic step that touches one holder or one facility. Every method is safe to repeat: a caller that does not
/// learn the outcome calls again. Nothing is decided here; the rules are in <c>Admission</c> and <c>Timelines</c>.</para>
/// <para>No method that changes state takes a cancellation token: a write that was sent may still happen after the caller has given up, so
/// giving up would only hide the outcome.</para>
/// <para>If the store cannot be reached, every method throws <see cref="StoreUnavailableException"/>. It works again by itself when the
/// store is back.</para>
/// </remarks>
public interface ILiveStore : ITimelineStore, IJournalStore, ISpaceStore, IFacilityStore, IStoreHealth;
