namespace Parking.Ports;

/// <summary>
/// A live store, whole: every port that one store implements. Only the registration of a store and its contract tests take it whole; all else takes the port it needs.
/// Two implementations, one contract (<c>LiveStoreContract</c> in the tests).
/// </summary>
/// <remarks>
/// <para>Every method is one atomic step touching one holder or one facility, and safe to repeat: a caller that does not
/// learn the outcome does it again. Nothing here decides; the rules are in <see cref="Stays"/>.</para>
/// <para>No method takes a cancellation token where it changes state: a write that was sent may still happen after the
/// caller has given up, so giving up would only hide the outcome.</para>
/// <para>A store that cannot be reached throws <see cref="StoreUnavailableException"/> from every method, and works again
/// by itself when it is back.</para>
/// </remarks>
public interface ILiveStore : ITimelineStore, IJournalStore, ISpaceStore, IFacilityStore, IStoreHealth;
