using NodaTime;
using Parking.Optics;

namespace Parking.Simulation.Replay.Faults;

/// <summary>
/// Draws from a profile which faults happen when. The same seed draws the same, and one kind's draws do not shift another's.
/// </summary>
internal static class FaultPlan
{
    /// <summary>How long the service or its store is down.</summary>
    public static readonly Duration OutageLength = Duration.FromSeconds(40);

    private static readonly Duration CutLength = Duration.FromHours(1);
    private static readonly Duration BetweenOutages = Duration.FromMinutes(5);

    /// <summary>The faults in order of time.</summary>
    /// <param name="profile">How many.</param>
    /// <param name="seed">Settles the draws.</param>
    /// <param name="times">Instants at which something happens in the trace, ascending: faults fall near them, or nobody would
    /// notice.</param>
    /// <param name="gates">The gates.</param>
    /// <param name="ends">The end of the trace. Outages of the store and the service end before it.</param>
    public static IReadOnlyList<PlannedFault> Draw(
        FaultProfile profile, long seed, IReadOnlyList<Instant> times, IReadOnlyList<string> gates, Instant ends)
    {
        if (times.Count == 0)
        {
            return [];
        }
        var faults = new List<PlannedFault>();
        Add(FaultKind.Cut, profile.Cuts, (at, random) => new(FaultKind.Cut, at, at + CutLength, PickGate(random)));
        Add(
            FaultKind.Skew, profile.Skews,
            (at, random) => new(FaultKind.Skew, at, at, PickGate(random), Duration.FromMilliseconds(random.Below(14_400_001) - 7_200_000)));
        Add(FaultKind.KillGate, profile.GateKills, (at, random) => new(FaultKind.KillGate, at, at, PickGate(random)));
        Add(FaultKind.KillStore, profile.StoreKills, (at, _) => new(FaultKind.KillStore, at, at + OutageLength));
        Add(FaultKind.LoseTail, profile.LostTails, (at, _) => new(FaultKind.LoseTail, at, at + OutageLength));
        Add(FaultKind.RestartService, profile.ServiceRestarts, (at, _) => new(FaultKind.RestartService, at, at + OutageLength));
        return [.. Spread(faults.OrderBy(fault => fault.At), ends)];

        void Add(FaultKind kind, int count, Func<Instant, SeededRandom, PlannedFault> make)
        {
            for (var n = 0; n < count; n++)
            {
                var random = new SeededRandom(seed, $"fault {kind}", n);
                faults.Add(make(times[random.Below(times.Count)], random));
            }
        }

        string PickGate(SeededRandom random) => gates[random.Below(gates.Count)];
    }

    /// <summary>Two outages at once are one: they are moved apart, and those that no longer fit before the end fall away.</summary>
    private static IEnumerable<PlannedFault> Spread(IEnumerable<PlannedFault> faults, Instant ends)
    {
        var free = Instant.MinValue;
        var moved = new List<PlannedFault>();
        foreach (var fault in faults)
        {
            if (fault.Kind is not (FaultKind.KillStore or FaultKind.LoseTail or FaultKind.RestartService))
            {
                moved.Add(fault);
                continue;
            }
            var at = Instant.Max(fault.At, free);
            if (at + OutageLength < ends)
            {
                moved.Add(fault with { At = at, Until = at + OutageLength });
                free = at + OutageLength + BetweenOutages;
            }
        }
        return moved.OrderBy(fault => fault.At);
    }
}

/// <summary>A fault with its time.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="At">When it begins.</param>
/// <param name="Until">When it is over: the cable mended, the store started again. The same as <paramref name="At"/> where it is over at
/// once.</param>
/// <param name="Gate">Which gate; null for the store and the service.</param>
/// <param name="Skew">Of a clock that is set wrong, how far ahead it is from then on.</param>
internal sealed record PlannedFault(FaultKind Kind, Instant At, Instant Until, string? Gate = null, Duration Skew = default);

/// <summary>What can go wrong in a replay. The names, in snake_case, are those of <c>--faults</c> and of the report.</summary>
public enum FaultKind
{
    /// <summary>A request is lost on its way.</summary>
    DropRequest,

    /// <summary>A request arrives, and its answer is lost.</summary>
    DropAnswer,

    /// <summary>A request arrives long after its sender has given up.</summary>
    Delay,

    /// <summary>A request arrives twice.</summary>
    Duplicate,

    /// <summary>A request arrives after the one that was sent next.</summary>
    Reorder,

    /// <summary>A gate's cable is cut for an hour.</summary>
    Cut,

    /// <summary>Somebody sets a gate's clock wrong.</summary>
    Skew,

    /// <summary>A gate's program is killed, in the middle of what it does, and starts again.</summary>
    KillGate,

    /// <summary>The store is killed (kill −9 of redis-server; of the service, where the store is its own), and starts again.</summary>
    KillStore,

    /// <summary>
    /// The store is killed, and what it wrote in its last seconds is gone when it starts again. Only where the store is a redis-server.
    /// </summary>
    LoseTail,

    /// <summary>The service is killed, and starts again.</summary>
    RestartService,
}
