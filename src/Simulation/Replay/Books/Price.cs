namespace Parking.Simulation.Replay.Books;

/// <summary>What a stay costs.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Total">In its minor unit.</param>
internal sealed record Price(string Currency, long Total)
{
    public override string ToString() => $"{Total} {Currency}";
}
