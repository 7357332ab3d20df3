using NodaTime;
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

    /// <summary>
    /// Remembers an account, unless a newer state of it is remembered: a slow load can end after a change that it has not seen.
    /// </summary>
    /// <param name="holder">Whose account it is.</param>
    /// <param name="account">The account.</param>
    /// <param name="asOf">When it was certainly so: when its load began, or when its change had been stored.</param>
    public void Note(HolderId holder, VehicleAccount account, Instant asOf)
    {
        ref var cell = ref CellOf(holder);
        while (true)
        {
            var known = Volatile.Read(ref cell);
            if ((known?.Holder == holder && known.AsOf > asOf)
                || Interlocked.CompareExchange(ref cell, new(holder, account, asOf), known) == known)
            {
                return;
            }
        }
    }

    /// <summary>
    /// The account as it was last loaded or stored here; null if it is not remembered, or not since <paramref name="since"/>.
    /// </summary>
    public VehicleAccount? Find(HolderId holder, Instant since) =>
        Volatile.Read(ref CellOf(holder)) is { } known && known.Holder == holder && known.AsOf >= since ? known.Account : null;

    private ref Known? CellOf(HolderId holder) => ref _cells[(int)(holder.Value % Cells)];

    private sealed record Known(HolderId Holder, VehicleAccount Account, Instant AsOf);
}
