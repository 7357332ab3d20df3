using Parking.Codes;

namespace Parking.Accounts;

/// <summary>
/// Remembers the vehicle accounts that were last loaded, so that codes still name their vehicles while the store is away. While the store
/// answers, what is remembered only says whether it is worth asking.
/// </summary>
/// <remarks>A fixed number of cells, shared by holders whose ids collide, as in <see cref="StandingCache"/>.</remarks>
internal sealed class AccountMemory
{
    private const int Cells = 1 << 14;

    private readonly Known?[] _cells = new Known?[Cells];

    public void Note(HolderId holder, VehicleAccount account) => Volatile.Write(ref CellOf(holder), new(holder, account));

    /// <summary>The account as it was last loaded or stored here; null if it is not remembered.</summary>
    public VehicleAccount? Find(HolderId holder) =>
        Volatile.Read(ref CellOf(holder)) is { } known && known.Holder == holder ? known.Account : null;

    private ref Known? CellOf(HolderId holder) => ref _cells[(int)(holder.Value % Cells)];

    private sealed record Known(HolderId Holder, VehicleAccount Account);
}
