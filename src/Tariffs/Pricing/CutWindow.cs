using Parking.Tariffs.Quotes;

namespace Parking.Tariffs.Pricing;

/// <summary>The amount that a cap cut in one of its windows.</summary>
internal readonly record struct CutWindow(QuoteLineKind Kind, CompiledBand? Band, long From, long To, Int128 Cap, Int128 Amount);
