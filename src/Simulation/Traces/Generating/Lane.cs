namespace Parking.Simulation.Traces.Generating;

/// <summary>A gate with a queue before it. One vehicle at a time.</summary>
internal sealed class Lane(string gate)
{
    /// <summary>From one vehicle's scan to the next one's, at least, in milliseconds: the first has to be gone by then.</summary>
    public const long Spacing = 7_000;

    public string Gate => gate;

    /// <summary>When the next vehicle can be at the reader.</summary>
    public long FreeAt { get; set; } = long.MinValue / 2;

    /// <summary>Those who wait to slip through behind somebody else.</summary>
    public Queue<Action<long>> Followers { get; } = new();

    /// <summary>The lane with the shortest queue.</summary>
    public static Lane Freest(IReadOnlyList<Lane> lanes)
    {
        var best = lanes[0];
        for (var index = 1; index < lanes.Count; index++)
        {
            best = lanes[index].FreeAt < best.FreeAt ? lanes[index] : best;
        }
        return best;
    }

    /// <summary>Queues up.</summary>
    /// <param name="now">When.</param>
    /// <param name="stays">How long the reader is occupied.</param>
    /// <returns>When it is one's turn.</returns>
    public long Reserve(long now, long stays = 0)
    {
        var turn = Math.Max(now, FreeAt);
        FreeAt = turn + stays + Spacing;
        return turn;
    }
}
