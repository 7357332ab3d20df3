namespace Parking.Simulation.Demo;

/// <summary>Shows a demo while it runs: live on a terminal, or as lines.</summary>
public interface IDemoView
{
    /// <summary>Runs something that takes a moment, and says so.</summary>
    Task<T> WaitForAsync<T>(Func<Action<string>, Task<T>> work);

    /// <summary>Shows the board until the drivers are done.</summary>
    Task ShowAsync(DemoBoard board, DemoScene scene, Task drivers);
}
