using System.Runtime.CompilerServices;

namespace Parking.Tariffs.Pricing;

/// <summary>Which flat rates have been charged, for those that are owed once in the stay or once a date.</summary>
internal struct FlatRegister
{
    /// <summary>The reader allows no more in a rate; one more for overstay.</summary>
    private const int MaxBands = 33;

    private LastCharged _last;
    private DayCursor _days;

    public FlatRegister(CompiledRate rate, long start)
    {
        if (rate.HasDailyFlat)
        {
            _days = new(rate.TimeZone, start);
        }
    }

    /// <summary>Where the date ends that was asked for last.</summary>
    public readonly long DayEnd => _days.End;

    /// <summary>Whether a band's flat rate is to be charged for the stay; asked again, it has been.</summary>
    public bool IsFirst(CompiledBand band) => IsFirstOn(band, 1);

    /// <summary>Whether a band's flat rate is to be charged for the date of an instant; asked again, it has been.</summary>
    public bool IsFirstOnDay(CompiledBand band, long instant)
    {
        _days.MoveTo(instant);

        // Never zero, which says that nothing was charged yet: the first of January 1970 is day zero, so days are counted by odd numbers.
        return IsFirstOn(band, (_days.Day * 2) + 1);
    }

    private bool IsFirstOn(CompiledBand band, long mark)
    {
        ref var last = ref _last[band.Index + 1];
        if (last == mark)
        {
            return false;
        }

        last = mark;
        return true;
    }

    [InlineArray(MaxBands)]
    private struct LastCharged
    {
        private long _first;
    }
}
