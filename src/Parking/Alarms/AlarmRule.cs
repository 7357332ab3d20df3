using System.Collections.Frozen;
using System.Text.Json;
using NodaTime;

namespace Parking.Alarms;

/// <summary>How alarms of one kind are raised and return.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Priority">How soon somebody has to act.</param>
/// <param name="Subject">What its causes name.</param>
/// <param name="RaisesAfter">For how long its condition has to be seen without a break before it is raised.</param>
/// <param name="ReturnsAfter">
/// For how long no instance may have seen its condition before it returns. So an alarm whose condition comes and goes is raised once.
/// </param>
public sealed record AlarmRule(
    AlarmKind Kind, AlarmPriority Priority, AlarmSubject Subject, Duration RaisesAfter, Duration ReturnsAfter)
{
    /// <summary>How many codes with an invalid signature a gate has to see…</summary>
    public const int BadSignatureRun = 5;

    /// <summary>From so many gates on, half of them silent is one alarm of the city.</summary>
    public const int ManyGates = 8;

    /// <summary>So many passages that no stay accounts for make a count overdue.</summary>
    public const int UnexplainedUntilCount = 10;

    /// <summary>…within this time.</summary>
    public static readonly Duration BadSignatureTime = Duration.FromMinutes(10);

    /// <summary>How long an incident that a gate reported stands as a condition.</summary>
    public static readonly Duration IncidentTime = Duration.FromHours(1);

    /// <summary>A count that is older than this is overdue.</summary>
    public static readonly Duration CountTime = Duration.FromDays(30);

    /// <summary>
    /// How long gates have to be heard after the store came back, or the service began, before one of them counts as silent: for six
    /// heartbeats.
    /// </summary>
    public static readonly Duration SettlingTime = Duration.FromMinutes(1);

    /// <summary>Which stays are looked at for conflicts: those that began within this time.</summary>
    public static readonly Duration ConflictTime = Duration.FromDays(1);

    private static readonly FrozenDictionary<AlarmKind, AlarmRule> Rules = new AlarmRule[]
    {
        new(AlarmKind.StoreUnreachable, AlarmPriority.Urgent, AlarmSubject.City, Seconds(3), Seconds(30)),
        new(AlarmKind.ManyGatesSilent, AlarmPriority.Urgent, AlarmSubject.City, Seconds(30), Seconds(60)),
        new(AlarmKind.ExitBarrierFault, AlarmPriority.Urgent, AlarmSubject.Gate, Seconds(0), Seconds(30)),
        new(AlarmKind.EntryBarrierFault, AlarmPriority.Important, AlarmSubject.Gate, Seconds(0), Seconds(30)),
        new(AlarmKind.BackOfficeUnreachable, AlarmPriority.Important, AlarmSubject.City, Seconds(30), Seconds(60)),
        new(AlarmKind.FacilitySilent, AlarmPriority.Important, AlarmSubject.Facility, Seconds(30), Seconds(60)),
        new(AlarmKind.GateSilent, AlarmPriority.Important, AlarmSubject.Gate, Seconds(30), Seconds(60)),
        new(AlarmKind.EventConflict, AlarmPriority.Important, AlarmSubject.Gate, Seconds(0), Minutes(60)),
        new(AlarmKind.ConflictingStays, AlarmPriority.Important, AlarmSubject.Facility, Seconds(0), Minutes(5)),
        new(AlarmKind.BadSignatures, AlarmPriority.Important, AlarmSubject.Gate, Seconds(0), Minutes(30)),
        new(AlarmKind.RefusesEverybody, AlarmPriority.Important, AlarmSubject.Gate, Seconds(0), Seconds(60)),
        new(AlarmKind.Tailgating, AlarmPriority.Minor, AlarmSubject.Gate, Seconds(0), Seconds(60)),
        new(AlarmKind.CountOverdue, AlarmPriority.Minor, AlarmSubject.Facility, Seconds(60), Minutes(5)),
        new(AlarmKind.CalendarEnds, AlarmPriority.Minor, AlarmSubject.Calendar, Seconds(0), Minutes(5)),
        new(AlarmKind.LongStays, AlarmPriority.Minor, AlarmSubject.Facility, Seconds(0), Minutes(5)),
    }.ToFrozenDictionary(rule => rule.Kind);

    private static readonly FrozenDictionary<string, AlarmKind> Kinds = Rules.Keys.ToFrozenDictionary(WordOf);

    /// <summary>The rules of all kinds, in their order.</summary>
    public static IReadOnlyList<AlarmRule> All { get; } = [.. Rules.Values.OrderBy(rule => rule.Kind)];

    /// <summary>The word for the kind in causes, which are stored.</summary>
    public string Word { get; } = WordOf(Kind);

    /// <summary>
    /// How often at most it is noted that a condition is still seen: often enough that it does not return by itself at another instance.
    /// </summary>
    public Duration NotedEvery => Duration.Min(ReturnsAfter / 3, Minutes(1));

    public static AlarmRule Of(AlarmKind kind) => Rules[kind];

    /// <summary>The kind that a word stands for; null if there is none.</summary>
    public static AlarmKind? KindOf(string word) => Kinds.TryGetValue(word, out var kind) ? kind : null;

    private static string WordOf(AlarmKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static Duration Seconds(int seconds) => Duration.FromSeconds(seconds);

    private static Duration Minutes(int minutes) => Duration.FromMinutes(minutes);
}
