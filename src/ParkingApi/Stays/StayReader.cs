using NodaTime;
using Parking.Accounts;
using Parking.Api.Hosting.Identity;
using Parking.Codes;
using Parking.Contracts;
using Parking.Ports;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Api.Stays;

/// <summary>Finds stays for those who may see them.</summary>
internal sealed class StayReader(ITimelineStore timelines, HolderRegistry holders, StayNames names, StayDescription description, IClock clock)
{
    /// <summary>A citizen's stays in order of their beginning. None for somebody who never asked for a code.</summary>
    public async Task<IReadOnlyList<StayAnswer>> FindOfAsync(CitizenKey citizen)
    {
        var holder = await holders.HolderOfAsync(citizen);
        var now = clock.GetCurrentInstant();
        var timeline = await LoadAsync(holder, now);
        var records = StayHistory.Of(timeline).ToDictionary(record => record.Stay.Id);
        var account = await holders.LoadAccountAsync(holder);
        return [.. timeline.Stays.Select(stay => description.Describe(holder, records[stay.Id], account, now, inFull: false))];
    }

    /// <summary>
    /// The stay of this name, be it one that was superseded or withdrawn; null if there is none that this person may see. An operator sees no plate.
    /// </summary>
    public async Task<StayAnswer?> FindAsync(string name, Citizen reader)
    {
        if (!CodeId.TryParse(name, out var id))
        {
            return null;
        }

        var holder = names.HolderOf(id);
        var isOwner = await holders.HolderOfAsync(reader.Key) == holder;
        if (!isOwner && !reader.IsOperator)
        {
            return null;
        }

        var now = clock.GetCurrentInstant();
        var record = StayHistory.Of(await LoadAsync(holder, now)).FirstOrDefault(record => names.NameOf(holder, record.Stay) == id);
        return record is null
            ? null
            : description.Describe(holder, record, isOwner ? await holders.LoadAccountAsync(holder) : VehicleAccount.Empty, now, inFull: true);
    }

    /// <summary>The timeline as it is to be seen: what is due to be trimmed is not shown, whether it has been or not.</summary>
    private async Task<Timeline> LoadAsync(HolderId holder, Instant now) =>
        TimelineCodec.Decode((await timelines.LoadAsync(holder)).Content).Trim(now);
}
