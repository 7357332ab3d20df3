namespace Parking.Tariffs.Documents.Coverage;

/// <summary>
/// The plans of all days that differ. Thousands of stretches of dates come down to a few different days, and each pair of them needs to be looked at once.
/// </summary>
internal sealed class DayPlans
{
    private readonly Dictionary<(int Stretch, DayKind Kind), DayPlan> _plans = [];
    private readonly Dictionary<string, int> _ids = [];

    /// <summary>The plan of a day on which those of the times hold that fit its kind.</summary>
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
        // Minutes and places of bands fit into characters, and strings make good keys.
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
