using NodaTime;
using Parking.Codes;
using Parking.Events;

namespace Parking.Accounts;

/// <summary>
/// Which entitlements are known to be stored for whom, for a minute, so that a phone that redraws its code does not have its garage read each time.
/// </summary>
/// <remarks>
/// A fixed number of cells that holders share by chance: the memory is bounded, and who is pushed out costs one read. Where another instance of the
/// service stores something else meanwhile (a second phone with another token), this one takes up to a minute to notice.
/// </remarks>
public sealed class StandingCache(IClock clock)
{
    public static readonly Duration Lifetime = Duration.FromMinutes(1);

    private const int Cells = 1 << 14;

    // A cell is replaced as a whole, so that no reader sees half of one.
    private readonly Known?[] _cells = new Known?[Cells];

    /// <summary>Whether these were stored for the holder within the last minute, as far as this instance knows.</summary>
    public bool Has(HolderId holder, Entitlements entitlements) =>
        Volatile.Read(ref CellOf(holder)) is { } known
        && known.Holder == holder && known.Entitlements == entitlements
        && clock.GetCurrentInstant() - known.At is var age && age >= Duration.Zero && age < Lifetime;

    public void Note(HolderId holder, Entitlements entitlements) =>
        Volatile.Write(ref CellOf(holder), new(holder, entitlements, clock.GetCurrentInstant()));

    private ref Known? CellOf(HolderId holder) => ref _cells[(int)(holder.Value % Cells)];

    private sealed record Known(HolderId Holder, Entitlements Entitlements, Instant At);
}
