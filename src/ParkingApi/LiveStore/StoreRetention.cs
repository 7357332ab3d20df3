using NodaTime;

namespace Parking.Api.LiveStore;

/// <summary>How long the store keeps what no rule depends on.</summary>
internal static class StoreRetention
{
    /// <summary>Answers, by which a repeated scan gets the first one again: the offline horizon of 7 days, and a day.</summary>
    public static readonly Duration Answers = Duration.FromDays(8);
}
