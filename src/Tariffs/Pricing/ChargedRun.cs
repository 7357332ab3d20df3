namespace Parking.Tariffs.Pricing;

/// <summary>Contiguous equal charges: steps of one line, flat rates of consecutive days, or time.</summary>
internal readonly record struct ChargedRun(
    CompiledBand Band, CompiledLine? Line, long From, long To, long Count, bool IsShare, Int128 Amount);
