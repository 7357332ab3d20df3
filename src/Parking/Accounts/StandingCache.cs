using NodaTime;
using Parking.Codes;
using Parking.Events;

namespace Parking.Accounts;

/// <summary>
/// Remembers for one minute which entitlements are stored for which holder, so that a phone that redraws its code does not cause a read of
/// the vehicle account each time.
/// </summary>
/// <remarks>
/// A fixed number of cells, shared by holders whose ids collide: memory is bounded, and a holder that is pushed out costs one read. If
/// another instance of the service stores other entitlements meanwhile (a second phone with another token), this instance notices up to a
/// minute later.
/// </remarks>
public sealed class StandingCache(IClock clock)
{
    public static readonly Duration Lifetime = Duration.FromMinutes(1);

    private const int Cells = 1 << 14;

    // A cell is replaced as a whole, so that no reader sees half of one.
    private readonly Known?[] _cells = new Known?[Cells];

    /// <summary>Whether these entitlements were stored for the holder within the last minute, as far as this instance knows.</summary>
    public bool Has(HolderId holder, Entitlements entitlements) =>
        Volatile.Read(ref CellOf(holder)) is { } known
        && known.Holder == holder && known.Entitlements == entitlements
        && clock.GetCurrentInstant() - known.At is var age && age >= Duration.Zero && age < Lifetime;

    public void Note(HolderId holder, Entitlements entitlements) =>
        Volatile.Write(ref CellOf(holder), new(holder, entitlements, clock.GetCurrentInstant()));

    private ref Known? CellOf(HolderId holder) => ref _cells[(int)(holder.Value % Cells)];

    private sealed record Known(HolderId Holder, Entitlements Entitlements, Instant At);
}
