using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Parking.Admission;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.Contracts;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Occupancy;
using GatePresence = Parking.Occupancy.GatePresence;

namespace Parking.Api.Inventories;

/// <summary>Looks at what an operator's inventory changes, and at what speaks against it. Changes nothing.</summary>
internal sealed class InventoryLook(
    OperatorInventories inventories, FacilityWatch watch, StaySearch archive, CityDirectory city, IClock clock)
{
    /// <summary>
    /// How long before the count passages are counted: a vehicle that came in then may not have stood in its space yet.
    /// </summary>
    private static readonly Duration OnTheWay = Duration.FromMinutes(2);

    private const int MostPassages = 200;

    /// <summary>What the inventory would change.</summary>
    public async Task<InventoryPreviewAnswer> PreviewAsync(OperatorInventory inventory, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var since = inventory.CountedAt - OnTheWay;
        var passages = await PassagesAsync(inventory.Facility.Id, since, now, cancellationToken);
        var stays = await inventories.LookAsync(inventory);
        var view = (await watch.LookAsync([inventory.Facility]))[0];
        var closing = stays.Count(named => named.IsClosing);
        return new()
        {
            Version = VersionOf(inventory, stays),
            AsOf = now,
            Stays = [.. stays.Select(named => named.ToContract(city, now))],
            Occupied = view.Occupied,
            Shown = view.Trust.Shown(view.Occupied),
            ShownAfter = inventory.Count ?? view.Trust.Shown(view.Occupied - closing),
            Doubted = [.. DoubtedOf(view).Select(gate => gate.ToDoubt())],
            PassagesSince = since,
            Passages = passages,
        };
    }

    /// <summary>The facility and the named stays as they are after the inventory.</summary>
    public async Task<InventoryAnswer> DescribeAsync(OperatorInventory inventory)
    {
        var stays = await inventories.LookAsync(inventory);
        var view = (await watch.LookAsync([inventory.Facility]))[0];
        return new()
        {
            Id = $"{inventory.Name}",
            Stays = [.. stays.Select(named => named.ToContract(city, clock.GetCurrentInstant()))],
            Occupied = view.Occupied,
            Shown = view.Trust.Shown(view.Occupied),
        };
    }

    /// <summary>
    /// When the vehicles were counted last, if that was not before the inventory's count: the number that is shown would stay what was
    /// counted then. Null if not, or if the inventory has no count.
    /// </summary>
    public async Task<Instant?> FindLaterCountAsync(OperatorInventory inventory) =>
        inventory.Count is not null && (await watch.LookAsync([inventory.Facility]))[0].CountedAt is { } last && last >= inventory.CountedAt
            ? last
            : null;

    /// <summary>The gates that speak against an inventory now.</summary>
    public async Task<IReadOnlyList<GateView>> DoubtedAsync(Facility facility) => DoubtedOf((await watch.LookAsync([facility]))[0]);

    /// <summary>
    /// Names what an inventory does. The number that is shown does not belong to it: it changes with every vehicle, and where there is a
    /// count, the count is shown whatever it was.
    /// </summary>
    public static string VersionOf(OperatorInventory inventory, IReadOnlyList<InventoriedStay> stays)
    {
        var (at, count) = (inventory.CountedAt.ToUnixTimeMilliseconds(), inventory.Count);
        var lines = stays.Select(named => $"{named.Name} {(int)named.Effect}").Prepend(string.Create(
            CultureInfo.InvariantCulture, $"inventory {inventory.Facility.Id} {at} {count}"));
        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))
            .ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <remarks>As with the occupancy, gates that were never heard count only if another one of the facility was.</remarks>
    private static IReadOnlyList<GateView> DoubtedOf(FacilityView view) => view.Gates.Any(gate => gate.Presence != GatePresence.Never)
        ? [.. view.Gates.Where(gate => gate.Presence != GatePresence.Online || gate.Unsent > 0)]
        : [];

    private async Task<int?> PassagesAsync(FacilityId facility, Instant from, Instant to, CancellationToken cancellationToken)
    {
        try
        {
            var range = new ArchiveRange(from, to + Duration.FromSeconds(1), MostPassages);
            var sum = 0;
            foreach (var direction in new[] { GateDirection.Entry, GateDirection.Exit })
            {
                sum += (await archive.ByPassageAsync(facility, direction, range, cancellationToken)).Stays.Count;
            }

            return sum;
        }
        catch (BackOfficeUnavailableException)
        {
            return null;
        }
    }
}
