using NodaTime;
using Parking.Accounts;
using Parking.Api.Hosting.Identity;
using Parking.Codes;
using Parking.Contracts;
using Parking.Facilities;
using Parking.Ports;
using Parking.Rights;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Api.Stays;

/// <summary>Reads stays for people who may see them.</summary>
internal sealed class StayReader(
    ITimelineStore timelines, HolderRegistry holders, VehicleSharing sharing, StayNames names, StayDescription description, IClock clock)
{
    /// <summary>
    /// A citizen's stays by the time of their beginning, and then the open stays of vehicles that others share with them. None for a person
    /// who never requested a code.
    /// </summary>
    public async Task<IReadOnlyList<StayAnswer>> FindOfAsync(CitizenKey citizen)
    {
        var holder = await holders.HolderOfAsync(citizen);
        var now = clock.GetCurrentInstant();
        var timeline = await LoadAsync(holder, now);
        var records = StayHistory.Of(timeline).ToDictionary(record => record.Stay.Id);
        var account = await holders.LoadAccountAsync(holder);
        var own = timeline.Stays.Select(stay => description.Describe(holder, records[stay.Id], account, now, inFull: false));
        var shared = await Task.WhenAll((await sharing.ListAsync(holder, account)).Select(car => FindOpenAsync(car, now)));
        return [.. own, .. shared.SelectMany(stays => stays)];
    }

    /// <summary>
    /// The stay of this id, also a superseded or withdrawn one; null if there is none that this person may see. Who may watch its facility
    /// sees it without the plate. Whoever shares a vehicle sees its open stay.
    /// </summary>
    /// <param name="name">The id as it was sent.</param>
    /// <param name="reader">The person; null for a wall screen, which only watches.</param>
    /// <param name="duties">What they may do where.</param>
    public async Task<StayAnswer?> FindAsync(string name, Citizen? reader, Duties duties)
    {
        if (!CodeId.TryParse(name, out var id))
        {
            return null;
        }

        var holder = names.HolderOf(id);
        var own = reader is null ? (HolderId?)null : await holders.HolderOfAsync(reader.Key);
        var now = clock.GetCurrentInstant();
        var record = own == holder || duties.AllowSomewhere(DutyKind.Watch) ? await FindRecordAsync(holder, id, now) : null;
        if (own != holder && (record is null || !duties.Allows(DutyKind.Watch, record.Stay.Facility)))
        {
            if (own is not { } member)
            {
                return null;
            }

            var shared = (await sharing.ListAsync(member)).Where(car => car.Link.Owner == holder);
            var open = await Task.WhenAll(shared.Select(car => FindOpenAsync(car, now, inFull: true)));
            return open.SelectMany(stays => stays).FirstOrDefault(stay => stay.Id == id.ToString());
        }

        if (record is null)
        {
            return null;
        }

        var account = own == holder ? await holders.LoadAccountAsync(holder) : null;
        return description.Describe(holder, record, account, now, inFull: true);
    }

    /// <summary>Where the route's stay is. What is no stay is the city's matter.</summary>
    public static DutyScope FacilityOf(string parameter) => new(
        "the stay's facility",
        async context =>
        {
            var stays = context.RequestServices.GetRequiredService<StayReader>();
            return await stays.FindFacilityAsync($"{context.GetRouteValue(parameter)}") is { } facility ? Scope.Of(facility) : Scope.City;
        },
        IsNamedByCaller: false);

    private async Task<FacilityId?> FindFacilityAsync(string name) => CodeId.TryParse(name, out var id)
        ? (await FindRecordAsync(names.HolderOf(id), id, clock.GetCurrentInstant()))?.Stay.Facility
        : null;

    private async Task<StayRecord?> FindRecordAsync(HolderId holder, CodeId name, Instant now) =>
        StayHistory.Of(await LoadAsync(holder, now)).FirstOrDefault(record => names.NameOf(holder, record.Stay) == name);

    /// <summary>
    /// The open stays of a shared vehicle: whoever shares it sees what they need to leave, and nothing else of its owner.
    /// </summary>
    private async Task<IReadOnlyList<StayAnswer>> FindOpenAsync(SharedCar car, Instant now, bool inFull = false)
    {
        var owner = car.Link.Owner;
        try
        {
            var timeline = await LoadAsync(owner, now);
            var open = timeline.Stays.Where(stay => stay.IsOpen && stay.Vehicle == car.Link.Slot).Select(stay => stay.Id).ToHashSet();

            // A history folds the timeline once for each of its events. Mostly the car is not parked, and phones ask often.
            return open.Count == 0 ? []
                :
                [
                    .. StayHistory.Of(timeline)
                        .Where(record => open.Contains(record.Stay.Id))
                        .Select(record => description.Describe(owner, record, car.Owner, now, inFull) with { Shared = true }),
                ];
        }
        catch (InvalidDataException)
        {
            // What is damaged with the owner must not keep the member from their own stays.
            return [];
        }
    }

    /// <summary>The timeline without the part that is due to be trimmed, whether the store has been trimmed or not.</summary>
    private async Task<Timeline> LoadAsync(HolderId holder, Instant now) =>
        TimelineCodec.Decode((await timelines.LoadAsync(holder)).Content).Trim(now);
}
