using Parking.Codes;
using Parking.Events;
using Parking.Facilities;

namespace Parking.Ports;

/// <summary>Keeps, in each facility's slot, which places are taken and by which stays. A copy of what timelines say, mended after them.</summary>
/// <remarks>The rules of <see cref="ILiveStore"/> hold for every method.</remarks>
public interface ISpaceStore
{
    /// <summary>Gives places back. Those that are not taken are passed over.</summary>
    /// <returns>How many were taken until now.</returns>
    Task<int> GiveBackAsync(FacilityId facility, IReadOnlyList<GateEventId> spaces);

    /// <summary>Takes places for stays that are known to be open, whatever the capacity. Those already taken are passed over.</summary>
    /// <returns>How many were not taken until now.</returns>
    Task<int> RestoreAsync(FacilityId facility, HolderId holder, IReadOnlyList<GateEventId> spaces);

    /// <summary>How many places are taken, for each of <paramref name="facilities"/>, in their order.</summary>
    Task<IReadOnlyList<int>> CountSpacesAsync(IReadOnlyList<FacilityId> facilities);

    /// <summary>Every taken place of a facility. Places taken or given back meanwhile may or may not be among them; one may come twice.</summary>
    IAsyncEnumerable<Space> SpacesAsync(FacilityId facility, CancellationToken cancellationToken);

    /// <summary>Which of <paramref name="spaces"/> are taken, in their order.</summary>
    Task<IReadOnlyList<bool>> AreTakenAsync(FacilityId facility, IReadOnlyList<GateEventId> spaces);
}

/// <summary>One taken place: the scan that opened the stay (which is the stay's name), and whose it is.</summary>
public readonly record struct Space(GateEventId Scan, HolderId Holder);
