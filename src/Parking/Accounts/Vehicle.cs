using NodaTime;
using Parking.Codes;
using Parking.Tariffs;

namespace Parking.Accounts;

/// <summary>A vehicle of a holder.</summary>
/// <param name="Slot">Its permanent number with this holder. Codes and stays name it instead of the plate.</param>
/// <param name="Plate">Its plate. A listed vehicle has one; a removed vehicle loses it when no stay that is kept can name it.</param>
/// <param name="Class">Its class.</param>
/// <param name="RemovedAt">
/// When the holder took it off the list; null while it is listed. A removed vehicle keeps its slot, because stays name the slot.
/// </param>
public sealed record Vehicle(VehicleSlot Slot, Plate? Plate, VehicleClass Class, Instant? RemovedAt = null)
{
    /// <summary>Whether the holder still has it.</summary>
    public bool IsListed => RemovedAt is null;

    /// <summary>Its plates before corrections, the oldest first, as far as stays that are kept can name them.</summary>
    public IReadOnlyList<FormerPlate> Former { get; init; } = [];

    /// <summary>Invitations to share it that nobody has accepted yet; none if it is not listed.</summary>
    public IReadOnlyList<ShareInvitation> Invitations { get; init; } = [];

    /// <summary>With whom it is shared; nobody if it is not listed.</summary>
    public IReadOnlyList<ShareMember> Members { get; init; } = [];

    /// <summary>The plate that it had at a time; null if that is not kept any more.</summary>
    public Plate? PlateAt(Instant at) => FormerAt(at)?.Plate ?? Plate;

    /// <summary>The same vehicle without plates that it lost before <paramref name="threshold"/> and that no stay names.</summary>
    /// <param name="threshold">Plates that it lost then or later are kept.</param>
    /// <param name="stays">When the vehicle's stays began that are still kept.</param>
    public Vehicle WithoutPlatesFrom(Instant threshold, IReadOnlyCollection<Instant> stays)
    {
        if (!HasPlatesFrom(threshold))
        {
            return this;
        }

        var named = stays.Select(FormerAt).ToHashSet();
        return this with
        {
            Plate = RemovedAt < threshold && !named.Contains(null) ? null : Plate,
            Former = [.. Former.Where(former => former.Until >= threshold || named.Contains(former))],
        };
    }

    /// <summary>Whether it has plates that it lost before <paramref name="threshold"/>.</summary>
    public bool HasPlatesFrom(Instant threshold) =>
        (Plate is not null && RemovedAt < threshold) || Former.Any(former => former.Until < threshold);

    private FormerPlate? FormerAt(Instant at) => Former.FirstOrDefault(former => at < former.Until);
}

/// <summary>A plate that a vehicle had before it was corrected.</summary>
/// <param name="Plate">The wrong plate.</param>
/// <param name="Until">When it was corrected.</param>
public sealed record FormerPlate(Plate Plate, Instant Until);
