using System.Runtime.CompilerServices;

namespace Parking.Tariffs.Pricing;

/// <summary>Records which flat rates have been charged, for those that are owed once a stay or once a date.</summary>
internal struct FlatRegister
{
    /// <summary>The reader's limit for a rate, plus one for overstay.</summary>
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

    /// <summary>The end of the last requested date.</summary>
    public readonly long DayEnd => _days.End;

    /// <summary>Whether a band's flat rate must still be charged for the stay. The call records it as charged.</summary>
    public bool IsFirst(CompiledBand band) => IsFirstOn(band, 1);

    /// <summary>Whether a band's flat rate must still be charged for the date of an instant. The call records it as charged.</summary>
    public bool IsFirstOnDay(CompiledBand band, long instant)
    {
        _days.MoveTo(instant);

        // Zero means that nothing was charged yet, and 1970-01-01 is day zero, so days are mapped to odd numbers.
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
