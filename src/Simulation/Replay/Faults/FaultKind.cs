namespace Parking.Simulation.Replay.Faults;

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

    /// <summary>The store is killed, and what it wrote in its last seconds is gone when it starts again. Only where the store is a redis-server.</summary>
    LoseTail,

    /// <summary>The service is killed, and starts again.</summary>
    RestartService,
}
