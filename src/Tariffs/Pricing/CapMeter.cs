namespace Parking.Tariffs.Pricing;

/// <summary>A cap, and the rest of it in its current window.</summary>
internal struct CapMeter
{
    /// <summary>The value of no cap.</summary>
    public static readonly Int128 None = Int128.MaxValue;

    private Int128 _left;

    public CapMeter(Int128 cap)
    {
        Cap = cap;
        IsNone = cap == None;
        _left = cap;
    }

    public Int128 Cap { get; }

    public bool IsNone { get; }

    /// <summary>Begins a new window.</summary>
    public void Restart() => _left = Cap;

    /// <summary>Applies the cap to a charge.</summary>
    public Int128 Take(Int128 amount)
    {
        var taken = amount < _left ? amount : _left;
        _left -= taken;
        return taken;
    }
}
