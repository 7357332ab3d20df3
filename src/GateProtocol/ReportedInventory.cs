using System.ComponentModel.DataAnnotations;

namespace Parking.GateProtocol;

/// <summary>
/// The result of a person's inspection of the facility. Stays in <see cref="Closes"/> are no longer parked here and end. A
/// <see cref="Count"/> alone names nobody and only sets the correction that is shown beside the occupancy.
/// </summary>
public sealed record ReportedInventory : ReportedEvent
{
    /// <summary>The largest number of stays in one inventory. Split a longer list into several inventories.</summary>
    public const int MaxCloses = 500;

    /// <summary>The public names of stays at this facility (32 hexadecimal digits each) whose vehicle is not there.</summary>
    [MaxLength(MaxCloses, ErrorMessage = "closes names at most 500 stays; send several inventories.")]
    public IReadOnlyList<string>? Closes { get; init; }

    /// <summary>The number of vehicles parked in the whole facility.</summary>
    [Range(0, 1_000_000, ErrorMessage = "count is 0 to 1000000.")]
    public int? Count { get; init; }
}
