using NodaTime;

namespace Parking.Simulation.Traces.Generating;

/// <summary>When somebody goes round and looks what is parked.</summary>
/// <param name="From">The local time of the first.</param>
/// <param name="To">The local time of the last; on the same day.</param>
/// <param name="Share">Of facilities, each day.</param>
/// <param name="BareCounts">Of inventories: the vehicles are counted, and no stays are closed.</param>
public sealed record InventoryHabits(LocalTime From, LocalTime To, double Share, double BareCounts);
