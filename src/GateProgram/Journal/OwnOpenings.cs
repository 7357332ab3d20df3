using NodaTime;
using Parking.Codes;

namespace Parking.GateProgram.Journal;

/// <summary>What a gate has opened for: its own used codes, and how often it decided that alone.</summary>
internal sealed class OwnOpenings
{
    /// <summary>The limit is within any hour.</summary>
    public static readonly Duration LimitPeriod = Duration.FromHours(1);

    /// <summary>How long a code that is over is remembered beyond: a clock that was thought right may turn out to have been fast.</summary>
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

    /// <summary>How many openings the gate decided alone in the hour before a time.</summary>
    public int CountAlone(Instant now) => _all.Count(opening => opening.IsAlone && opening.At > now - LimitPeriod);

    /// <summary>Forgets what matters no more.</summary>
    public void Forget(Instant now)
    {
        if (_all.RemoveAll(opening => opening.GoodUntil < now - Doubt && (!opening.IsAlone || opening.At <= now - LimitPeriod)) > 0)
        {
            _codes.Clear();
            _codes.UnionWith(_all.Select(opening => opening.Code));
        }
    }
}
