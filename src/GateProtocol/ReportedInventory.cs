using System.ComponentModel.DataAnnotations;

namespace Parking.GateProtocol;

/// <summary>
/// Somebody went round and looked. Stays named in <see cref="Closes"/> are parked here no more, and end; a <see cref="Count"/> alone names nobody and only sets the
/// correction that is shown beside the occupancy.
/// </summary>
public sealed record ReportedInventory : ReportedEvent
{
    /// <summary>The most stays that one inventory names. A longer list is several inventories.</summary>
    public const int MaxCloses = 500;

    /// <summary>Public names of stays at this facility (32 hexadecimal digits each) whose vehicle is not there.</summary>
    [MaxLength(MaxCloses, ErrorMessage = "closes names at most 500 stays; send several inventories.")]
    public IReadOnlyList<string>? Closes { get; init; }

    /// <summary>How many vehicles are parked in the whole facility.</summary>
    [Range(0, 1_000_000, ErrorMessage = "count is 0 to 1000000.")]
    public int? Count { get; init; }
}
