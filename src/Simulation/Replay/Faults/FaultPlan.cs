using NodaTime;
using Parking.Optics;

namespace Parking.Simulation.Replay.Faults;

/// <summary>
/// Draws the times of faults from a profile. The same seed gives the same plan. Each kind of fault has its own random stream, so that a
/// change of one kind does not move the others.
/// </summary>
internal static class FaultPlan
{
    public static readonly Duration OutageLength = Duration.FromSeconds(40);

    private static readonly Duration CutLength = Duration.FromHours(1);
    private static readonly Duration BetweenOutages = Duration.FromMinutes(5);

    /// <summary>The faults in order of time.</summary>
    /// <param name="profile">The number of faults of each kind.</param>
    /// <param name="seed">Determines the times.</param>
    /// <param name="times">The instants of the trace's events, ascending. Faults are placed near them, so that they have an effect.</param>
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
        Add(
            FaultKind.DeadClock, profile.DeadClocks,
            (at, random) => new(FaultKind.DeadClock, at, at + CutLength, PickGate(random)));
        Add(FaultKind.KillGate, profile.GateKills, (at, random) => new(FaultKind.KillGate, at, at, PickGate(random)));
        Add(FaultKind.KillStore, profile.StoreKills, (at, _) => new(FaultKind.KillStore, at, at + OutageLength));
        Add(FaultKind.LoseTail, profile.LostTails, (at, _) => new(FaultKind.LoseTail, at, at + OutageLength));
        Add(FaultKind.EmptyStore, profile.EmptiedStores, (at, _) => new(FaultKind.EmptyStore, at, at + OutageLength));
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

    /// <summary>
    /// Moves outages apart, because two at the same time would be one. Those that no longer fit before the end are dropped.
    /// </summary>
    private static IEnumerable<PlannedFault> Spread(IEnumerable<PlannedFault> faults, Instant ends)
    {
        var free = Instant.MinValue;
        var moved = new List<PlannedFault>();
        foreach (var fault in faults)
        {
            if (!fault.IsOutage)
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
/// <param name="Kind">The kind of fault.</param>
/// <param name="At">When it begins.</param>
/// <param name="Until">When it ends, for example when the store starts again. Equal to <paramref name="At"/> for a fault without a
/// duration.</param>
/// <param name="Gate">The gate; null for the store and the service.</param>
/// <param name="Skew">For a wrong clock: how far it is ahead from then on.</param>
internal sealed record PlannedFault(FaultKind Kind, Instant At, Instant Until, string? Gate = null, Duration Skew = default)
{
    /// <summary>Whether the service or its store is away meanwhile.</summary>
    public bool IsOutage => Kind is FaultKind.KillStore or FaultKind.LoseTail or FaultKind.EmptyStore or FaultKind.RestartService;
}

/// <summary>The kinds of faults in a replay. Their names in snake_case are used by <c>--faults</c> and in the report.</summary>
public enum FaultKind
{
    /// <summary>A request is lost.</summary>
    DropRequest,

    /// <summary>A request arrives, and its answer is lost.</summary>
    DropAnswer,

    /// <summary>A request arrives long after the sender has given up.</summary>
    Delay,

    /// <summary>A request arrives twice.</summary>
    Duplicate,

    /// <summary>A request arrives after the one that was sent next.</summary>
    Reorder,

    /// <summary>A gate's line is cut for an hour.</summary>
    Cut,

    /// <summary>A gate's clock is set wrong.</summary>
    Skew,

    /// <summary>
    /// A gate loses power, and its clock begins again in 1970. Its line is cut for an hour, so that nobody tells it the time; people open
    /// for the drivers whom it refuses.
    /// </summary>
    DeadClock,

    /// <summary>A gate's program is killed while it sends a request, and starts again.</summary>
    KillGate,

    /// <summary>The store is killed (SIGKILL) and starts again: the redis-server, or the service with its embedded store.</summary>
    KillStore,

    /// <summary>The store is killed and loses its writes of the last seconds. Only possible with a redis-server.</summary>
    LoseTail,

    /// <summary>
    /// The store is emptied while the service uses it. A redis-server goes on; the embedded store's file is deleted, and the service starts
    /// again.
    /// </summary>
    EmptyStore,

    /// <summary>The service is killed and starts again.</summary>
    RestartService,
}
