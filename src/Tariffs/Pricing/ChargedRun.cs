namespace Parking.Tariffs.Pricing;

/// <summary>Equal charges without a break in between: steps of one line, flat rates on days in a row, or time.</summary>
internal readonly record struct ChargedRun(CompiledBand Band, CompiledLine? Line, long From, long To, long Count, bool IsShare, Int128 Amount);
