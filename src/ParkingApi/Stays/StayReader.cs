using NodaTime;
using Parking.Api.Holders;
using Parking.Api.Hosting.Identity;
using Parking.Api.LiveStore;
using Parking.Api.Tariffs;
using Parking.Codes;

namespace Parking.Api.Stays;

/// <summary>Finds stays for those who may see them.</summary>
internal sealed class StayReader(ILiveStore store, HolderRegistry holders, StayNames names, StayPricing pricing, IClock clock)
{
    /// <summary>A citizen's stays in order of their beginning. None for somebody who never asked for a code.</summary>
    public async Task<IReadOnlyList<StayContract>> FindOfAsync(CitizenKey citizen)
    {
        if (await holders.FindAsync(citizen) is not { } holder)
        {
            return [];
        }

        var now = clock.GetCurrentInstant();
        var timeline = await LoadAsync(holder, now);
        var garage = await holders.LoadGarageAsync(holder);
        return [.. timeline.Stays.Select(stay => Describe(holder, stay, garage, now, withLines: stay.IsOpen))];
    }

    /// <summary>The stay of this name; null if there is none that this person may see. An operator sees no plate.</summary>
    public async Task<StayContract?> FindAsync(string name, Citizen reader)
    {
        if (!CodeId.TryParse(name, out var id))
        {
            return null;
        }

        var holder = names.HolderOf(id);
        var isOwner = await holders.FindAsync(reader.Key) == holder;
        if (!isOwner && !reader.IsOperator)
        {
            return null;
        }

        var now = clock.GetCurrentInstant();
        var stay = (await LoadAsync(holder, now)).Stays.FirstOrDefault(stay => names.NameOf(holder, stay) == id);
        return stay is null ? null : Describe(holder, stay, isOwner ? await holders.LoadGarageAsync(holder) : Garage.Empty, now, withLines: true);
    }

    /// <summary>The timeline as it is to be seen: what is due to be trimmed is not shown, whether it has been or not.</summary>
    private async Task<Timeline> LoadAsync(HolderId holder, Instant now) =>
        TimelineCodec.Decode((await store.LoadAsync(holder)).Content).Trim(now);

    private StayContract Describe(HolderId holder, Stay stay, Garage garage, Instant now, bool withLines) => new(
        names.NameOf(holder, stay).ToString(),
        stay.Facility.Value,
        garage.PlateOf(stay.Vehicle)?.Value,
        stay.EnteredAt,
        stay.ExitedAt,
        stay.EndedAt,
        stay.Ending,
        QuoteOf(stay, now, withLines));

    private QuoteContract? QuoteOf(Stay stay, Instant now, bool withLines) => (withLines ? pricing.QuoteOf(stay, now) : pricing.TotalsOf(stay, now)) is { } quote
        ? (withLines ? QuoteContract.From(quote) : QuoteContract.TotalsOf(quote)) with { NextChange = NextChangeContract.From(pricing.NextChangeOf(stay, now)) }
        : null;
}
