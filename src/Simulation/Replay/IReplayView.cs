using Parking.Simulation.Replay.Driving;
using Parking.Simulation.Replay.Report;

namespace Parking.Simulation.Replay;

/// <summary>Shows a replay to a person.</summary>
public interface IReplayView
{
    void Say(string text);

    /// <summary>Runs something that may take a while, under a name.</summary>
    Task<T> WaitForAsync<T>(string what, Func<Task<T>> work);

    /// <summary>Runs the replay itself and shows its progress.</summary>
    Task<T> ShowProgressAsync<T>(Func<Action<ReplayProgress>, Task<T>> run);

    /// <summary>Shows what the replay came to.</summary>
    void Show(ReplayReport report);
}
