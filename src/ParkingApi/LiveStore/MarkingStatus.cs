namespace Parking.Api.LiveStore;

/// <summary>The outcomes of <see cref="ILiveStore.MarkAsync"/>.</summary>
internal enum MarkingStatus
{
    /// <summary>The answer given is kept.</summary>
    Kept,

    /// <summary>An answer was kept before; it stands.</summary>
    KeptBefore,

    /// <summary>Another content stands under this identity. Nothing changed.</summary>
    OtherContent,

    /// <summary>The identity lies within the prefix, but its answer is no longer kept. Nothing but the places given back changed.</summary>
    Forgotten,
}
