using Parking.Codes;
using Parking.Events;
using Parking.Facilities;

namespace Parking.Ports;

/// <summary>
/// Keeps, in each facility's slot, which spaces are taken and by which stays. This is a copy of what the timelines say, and is corrected
/// after them.
/// </summary>
/// <remarks>The rules of <see cref="ILiveStore"/> hold for every method.</remarks>
public interface ISpaceStore
{
    /// <summary>Gives spaces back. Spaces that are not taken are skipped.</summary>
    /// <returns>How many of them were taken.</returns>
    Task<int> GiveBackAsync(FacilityId facility, IReadOnlyList<GateEventId> spaces);

    /// <summary>
    /// Takes spaces for stays that are known to be open, whatever the capacity. Spaces that are taken already are skipped.
    /// </summary>
    /// <returns>How many of them were not taken before.</returns>
    Task<int> RestoreAsync(FacilityId facility, HolderId holder, IReadOnlyList<GateEventId> spaces);

    /// <summary>Returns how many spaces are taken at each of <paramref name="facilities"/>, in their order.</summary>
    Task<IReadOnlyList<int>> CountSpacesAsync(IReadOnlyList<FacilityId> facilities);

    /// <summary>
    /// Returns every taken space of a facility. Spaces that are taken or given back meanwhile may or may not be included; a space may come
    /// twice.
    /// </summary>
    IAsyncEnumerable<Space> SpacesAsync(FacilityId facility, CancellationToken cancellationToken);

    /// <summary>Returns which of <paramref name="spaces"/> are taken, in their order.</summary>
    Task<IReadOnlyList<bool>> AreTakenAsync(FacilityId facility, IReadOnlyList<GateEventId> spaces);
}

/// <summary>One taken space: the scan that opened the stay (its id is the stay's id), and the stay's holder.</summary>
public readonly record struct Space(GateEventId Scan, HolderId Holder);
