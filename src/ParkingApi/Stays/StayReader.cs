using NodaTime;
using Parking.Accounts;
using Parking.Api.Hosting.Identity;
using Parking.Codes;
using Parking.Contracts;
using Parking.Ports;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Api.Stays;

/// <summary>Reads stays for people who may see them.</summary>
internal sealed class StayReader(
    ITimelineStore timelines, HolderRegistry holders, StayNames names, StayDescription description, IClock clock)
{
    /// <summary>A citizen's stays by the time of their beginning. None for a person who never requested a code.</summary>
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
    /// The stay of this id, also a superseded or withdrawn one; null if there is none that this person may see. An operator sees no plate.
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
        if (record is null)
        {
            return null;
        }

        var account = isOwner ? await holders.LoadAccountAsync(holder) : null;
        return description.Describe(holder, record, account, now, inFull: true);
    }

    /// <summary>The timeline without the part that is due to be trimmed, whether the store has been trimmed or not.</summary>
    private async Task<Timeline> LoadAsync(HolderId holder, Instant now) =>
        TimelineCodec.Decode((await timelines.LoadAsync(holder)).Content).Trim(now);
}
