namespace Parking.Tariffs.Pricing;

/// <summary>One cap, and what is left of it in its window.</summary>
internal struct CapMeter
{
    /// <summary>No cap: more than anything comes to.</summary>
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

    /// <summary>A new window begins.</summary>
    public void Restart() => _left = Cap;

    /// <summary>What the cap leaves of a charge.</summary>
    public Int128 Take(Int128 amount)
    {
        var taken = amount < _left ? amount : _left;
        _left -= taken;
        return taken;
    }
}
