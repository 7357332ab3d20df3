namespace Parking.Api.LiveStore;

/// <summary>The outcomes of <see cref="ILiveStore.ReserveAsync"/>.</summary>
internal enum ReservationStatus
{
    /// <summary>The identity is bound and pending; the place, if one was asked for, is taken.</summary>
    Reserved,

    /// <summary>The identity is bound and pending; every place is taken by others.</summary>
    Full,

    /// <summary>This very event was answered before: here is the answer. Nothing changed.</summary>
    Answered,

    /// <summary>Another content stands under this identity. Nothing changed.</summary>
    OtherContent,

    /// <summary>The identity lies within the journal's prefix, but its answer is no longer kept. Nothing changed.</summary>
    Forgotten,
}
