namespace Parking.Simulation.Traces.Generating;

/// <summary>A gate with its queue. One vehicle at a time is at the gate.</summary>
internal sealed class Lane(string gate)
{
    /// <summary>The least time between the scans of two vehicles, in milliseconds. The first vehicle has left the gate by then.</summary>
    public const long Spacing = 7_000;

    public string Gate => gate;

    /// <summary>When the reader is free for the next vehicle.</summary>
    public long FreeAt { get; set; } = long.MinValue / 2;

    /// <summary>Drivers who wait to follow another vehicle through.</summary>
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

    /// <summary>Joins the queue.</summary>
    /// <param name="now">The time of joining.</param>
    /// <param name="stays">How long the reader is occupied.</param>
    /// <returns>The time at which the vehicle is at the reader.</returns>
    public long Reserve(long now, long stays = 0)
    {
        var turn = Math.Max(now, FreeAt);
        FreeAt = turn + stays + Spacing;
        return turn;
    }
}
