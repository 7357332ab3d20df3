using Parking.Codes;
using Parking.Ports;

namespace Parking.Accounts;

/// <summary>
/// Remembers citizens whose holder does not follow from their key, because they had an earlier one erased. So codes that are minted while
/// the store is away do not name the erased holder.
/// </summary>
/// <remarks>A fixed number of cells, as in <see cref="StandingCache"/>.</remarks>
internal sealed class HolderMemory
{
    private const int Cells = 1 << 14;

    private readonly Known?[] _cells = new Known?[Cells];

    public void Note(CitizenKey citizen, HolderId holder) => Volatile.Write(ref CellOf(citizen), new(citizen, holder));

    /// <summary>The citizen's holder as it was last found here; null if it is not remembered.</summary>
    public HolderId? Find(CitizenKey citizen) =>
        Volatile.Read(ref CellOf(citizen)) is { } known && known.Citizen == citizen ? known.Holder : null;

    private ref Known? CellOf(CitizenKey citizen) => ref _cells[unchecked((uint)citizen.GetHashCode()) % Cells];

    private sealed record Known(CitizenKey Citizen, HolderId Holder);
}
