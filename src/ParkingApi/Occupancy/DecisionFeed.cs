using NodaTime;
using Parking.Contracts;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Occupancy;

/// <summary>
/// The decisions of this instance since the last tick, by the scopes in which they are announced. It keeps only the newest of each scope,
/// so that no rush and no standing clock makes it grow.
/// </summary>
internal sealed class DecisionFeed
{
    /// <summary>The highest number of decisions in one message.</summary>
    public const int MaxDecisions = 64;

    private readonly Lock _lock = new();
    private Dictionary<string, Queue<DecisionMessage>> _byScope = [];

    /// <summary>Adds a decision. Never waits.</summary>
    /// <param name="gate">The gate at which the code was shown.</param>
    /// <param name="answer">What was decided.</param>
    /// <param name="at">When the code was shown.</param>
    /// <param name="isLive">Whether the service decided it while the driver waited.</param>
    public void Note(Gate gate, ScanAnswer answer, Instant at, bool isLive)
    {
        var decision = new DecisionMessage(
            gate.Facility.Id.Value, gate.Id.Value, gate.Direction, answer.Decision, answer.Reason, at, isLive);
        lock (_lock)
        {
            foreach (var scope in OccupancyScope.NamesFor(gate.Facility))
            {
                var decisions = _byScope.TryGetValue(scope, out var known) ? known : _byScope[scope] = new();
                if (decisions.Count == MaxDecisions)
                {
                    decisions.Dequeue();
                }

                decisions.Enqueue(decision);
            }
        }
    }

    /// <summary>Takes out all decisions, the oldest first, by the names of their scopes.</summary>
    public IReadOnlyDictionary<string, Queue<DecisionMessage>> Take()
    {
        lock (_lock)
        {
            var taken = _byScope;
            _byScope = [];
            return taken;
        }
    }
}
