namespace Parking.Tariffs.Documents.Coverage;

/// <summary>
/// The distinct plans of days. Thousands of stretches have only a few distinct days, and each pair of them must be checked only once.
/// </summary>
internal sealed class DayPlans
{
    private readonly Dictionary<(int Stretch, DayKind Kind), DayPlan> _plans = [];
    private readonly Dictionary<string, int> _ids = [];

    /// <summary>The plan of a day with those of the times that match its kind.</summary>
    public DayPlan Of(int stretch, IReadOnlyList<BandTime> times, DayKind kind)
    {
        if (_plans.TryGetValue((stretch, kind), out var plan))
        {
            return plan;
        }

        var own = times.Where(time => time.FitsDay(kind)).Select(time => time.Own).Distinct().ToArray();
        var nextDay = times.Where(time => time.FitsDay(kind)).Select(time => time.NextDay).OfType<Hours>().Distinct().ToArray();
        return _plans[(stretch, kind)] = new(own, nextDay) { OwnId = IdOf(own), NextDayId = IdOf(nextDay) };
    }

    private int IdOf(Hours[] hours)
    {
        // Minutes and band indices fit into characters, so a string is the key.
        var key = string.Create(hours.Length * 3, hours, static (text, hours) =>
        {
            for (var i = 0; i < hours.Length; i++)
            {
                (text[3 * i], text[(3 * i) + 1], text[(3 * i) + 2]) = ((char)hours[i].From, (char)hours[i].To, (char)hours[i].Band);
            }
        });
        if (!_ids.TryGetValue(key, out var id))
        {
            _ids[key] = id = _ids.Count;
        }

        return id;
    }
}

/// <summary>The hours of bands on a day of one kind in one stretch of dates, and their hours on the next day.</summary>
/// <param name="Own">The hours of bands that begin on the day.</param>
/// <param name="NextDay">The hours on the next day of those that cross midnight.</param>
internal sealed record DayPlan(Hours[] Own, Hours[] NextDay)
{
    /// <summary>An id that is equal for equal hours of the day.</summary>
    public required int OwnId { get; init; }

    /// <summary>An id that is equal for equal hours of the next day.</summary>
    public required int NextDayId { get; init; }
}
