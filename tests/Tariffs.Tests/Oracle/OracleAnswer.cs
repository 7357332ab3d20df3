using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>What a stay costs, and by which rate of which table.</summary>
internal sealed record OracleAnswer(RateTable RateTable, Rate Rate, long Total);
