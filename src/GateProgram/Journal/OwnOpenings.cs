using NodaTime;
using Parking.Codes;

namespace Parking.GateProgram.Journal;

/// <summary>The codes that this gate has opened for, and the number of those openings that it decided alone.</summary>
internal sealed class OwnOpenings
{
    /// <summary>The period of the feed's limit on openings that a gate decides alone.</summary>
    public static readonly Duration LimitPeriod = Duration.FromHours(1);

    /// <summary>
    /// How long a code is remembered after it has expired. The gate's clock may have been fast, so the code may still be valid.
    /// </summary>
    private static readonly Duration Doubt = Duration.FromMinutes(10);

    private readonly List<Opening> _all = [];
    private readonly HashSet<CodeId> _codes = [];

    public IReadOnlyList<Opening> All => _all;

    public void Add(Opening opening)
    {
        _all.Add(opening);
        _codes.Add(opening.Code);
    }

    public bool HasUsed(CodeId code) => _codes.Contains(code);

    /// <summary>The number of openings decided alone in the hour before a time.</summary>
    public int CountAlone(Instant now) => _all.Count(opening => opening.IsAlone && opening.At > now - LimitPeriod);

    /// <summary>The number of openings in the hour before a time for codes outside their time window.</summary>
    public int CountLate(Instant now) => _all.Count(opening => opening.IsLate && opening.At > now - LimitPeriod);

    /// <summary>Removes openings that no longer affect a decision.</summary>
    public void Forget(Instant now)
    {
        if (_all.RemoveAll(opening => opening.GoodUntil < now - Doubt && (!opening.IsAlone || opening.At <= now - LimitPeriod)) > 0)
        {
            _codes.Clear();
            _codes.UnionWith(_all.Select(opening => opening.Code));
        }
    }
}
