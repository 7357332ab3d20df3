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

    /// <summary>Many times as long as a code lives: who is parked has none that is valid.</summary>
    public static readonly Duration LongOutageLength = Duration.FromMinutes(15);

    private static readonly Duration CutLength = Duration.FromHours(1);
    private static readonly Duration BetweenOutages = Duration.FromMinutes(5);

    /// <summary>By then every gate knows the time and a new epoch, and has sent what it has.</summary>
    private static readonly Duration AroundDamage = Duration.FromMinutes(30);

    /// <summary>How many times and gates are tried for a damaged journal.</summary>
    private const int MostPlaces = 50;

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
        Add(
            FaultKind.EmptyStore, profile.EmptiedStores, (at, _) => new(FaultKind.EmptyStore, at, at + OutageLength),
            among: (times.Count + 1) / 2);
        Add(FaultKind.RestartService, profile.ServiceRestarts, (at, _) => new(FaultKind.RestartService, at, at + OutageLength));
        Add(FaultKind.LongOutage, profile.LongOutages, (at, _) => new(FaultKind.LongOutage, at, at + LongOutageLength));
        Add(FaultKind.RemoveDevice, profile.RemovedDevices, (at, _) => new(FaultKind.RemoveDevice, at, at));
        Add(FaultKind.SixthDevice, profile.SixthDevices, (at, _) => new(FaultKind.SixthDevice, at, at));
        var placed = Spread(faults.OrderBy(fault => fault.At), ends).ToList();
        placed.RemoveAll(second => placed.Exists(first => LosesItsTime(first, second)));
        for (var n = 0; n < profile.DamagedJournals; n++)
        {
            var random = new SeededRandom(seed, $"fault {FaultKind.DamageJournal}", n);
            placed.AddRange(Enumerable.Range(0, MostPlaces)
                .Select(_ => times[random.Below(times.Count)])
                .Select(at => new PlannedFault(FaultKind.DamageJournal, at, at + CutLength, PickGate(random)) { Number = n })
                .Where(damage => damage.Until < ends && placed.TrueForAll(fault => !Interferes(fault, damage)))
                .Take(1));
        }
        placed.AddRange(Enumerable.Range(0, profile.ArchiveOutages)
            .Select(n => times[new SeededRandom(seed, $"fault {FaultKind.LoseArchive}", n).Below(times.Count)])
            .Select(at => new PlannedFault(FaultKind.LoseArchive, at, at + CutLength))
            .Where(away => away.Until < ends));
        return [.. placed.OrderBy(fault => fault.At)];

        void Add(FaultKind kind, int count, Func<Instant, SeededRandom, PlannedFault> make, int? among = null)
        {
            for (var n = 0; n < count; n++)
            {
                var random = new SeededRandom(seed, $"fault {kind}", n);
                faults.Add(make(times[random.Below(among ?? times.Count)], random));
            }
        }

        string PickGate(SeededRandom random) => gates[random.Below(gates.Count)];
    }

    /// <summary>By when every gate has sent again what the store lost. One whose line is cut meanwhile does it afterwards.</summary>
    /// <param name="loss">The fault by which the store lost something.</param>
    /// <param name="planned">All faults.</param>
    /// <param name="settling">How long a gate takes that can reach the service.</param>
    public static Instant SentAgainBy(PlannedFault loss, IEnumerable<PlannedFault> planned, Duration settling) => planned
        .Where(cut => cut.CutsLine && cut.At <= loss.Until + settling && cut.Until >= loss.At)
        .Select(cut => cut.Until).Append(loss.Until).Max() + settling;

    /// <summary>
    /// Whether a gate whose clock is dead would start again before a service told it the time. What it did before could then never be
    /// dated, and the books rightly keep both bounds, which no trace knows.
    /// </summary>
    private static bool LosesItsTime(PlannedFault first, PlannedFault second) =>
        first.Kind == FaultKind.DeadClock && second.Kind is (FaultKind.DeadClock or FaultKind.KillGate)
        && first.Gate == second.Gate && first != second && first.At <= second.At && second.At < first.Until + AroundDamage;

    /// <summary>
    /// Whether it could not be said what is lost with a disk. The gate must have no other trouble meanwhile. And nobody brings back what
    /// the store loses of a journal that is damaged: the store is emptied before, and its tails are lost before or after.
    /// </summary>
    private static bool Interferes(PlannedFault fault, PlannedFault damage) => fault.Kind switch
    {
        FaultKind.EmptyStore => damage.At < fault.Until + CutLength + AroundDamage,
        FaultKind.LoseTail => damage.At < fault.Until + AroundDamage && fault.At < damage.Until + LongOutageLength + AroundDamage,
        FaultKind.Cut or FaultKind.Skew or FaultKind.DeadClock or FaultKind.DamageJournal => fault.Gate == damage.Gate
            && damage.At < fault.Until + AroundDamage && fault.At < damage.Until + AroundDamage,
        _ => false,
    };

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
            var until = at + (fault.Until - fault.At);
            if (until < ends)
            {
                moved.Add(fault with { At = at, Until = until });
                free = until + BetweenOutages;
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
    /// <summary>Its number among the damaged journals, from 0. It says how the disk is damaged.</summary>
    public int Number { get; init; }

    /// <summary>Whether the gate cannot reach the service meanwhile.</summary>
    public bool CutsLine => Kind is FaultKind.Cut or FaultKind.DeadClock or FaultKind.DamageJournal;

    /// <summary>Whether the service or its store is away meanwhile.</summary>
    public bool IsOutage =>
        Kind is FaultKind.KillStore or FaultKind.LoseTail or FaultKind.EmptyStore or FaultKind.RestartService or FaultKind.LongOutage;
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

    /// <summary>
    /// The service is killed and starts again after a quarter of an hour. Phones get no codes meanwhile and show the last one they have,
    /// and people open for those whom an exit refuses.
    /// </summary>
    LongOutage,

    /// <summary>
    /// A gate's line is cut for an hour. Before it is mended, the gate's disk is damaged, and its program starts again with what is left.
    /// </summary>
    DamageJournal,

    /// <summary>The archive's database cannot be used for an hour. Gates must not notice.</summary>
    LoseArchive,

    /// <summary>A phone has no network for an hour. It signs its codes itself.</summary>
    OfflinePhone,

    /// <summary>The clock of a phone that signs its codes itself is wrong by up to 20 minutes. It knows by how much.</summary>
    WrongPhoneClock,

    /// <summary>A driver's phone is removed from the list of devices before the driver shows its code.</summary>
    RemoveDevice,

    /// <summary>A driver links five other phones, which retires the one whose code the driver shows next.</summary>
    SixthDevice,
}
