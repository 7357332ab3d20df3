using Parking.Simulation.Cities;

namespace Parking.Simulation.Demo;

/// <summary>Shows a demo while it runs: live on a terminal, or as lines.</summary>
public interface IDemoView
{
    /// <summary>Runs something that takes a moment, and says so.</summary>
    Task<T> WaitForAsync<T>(Func<Action<string>, Task<T>> work);

    /// <summary>Shows the board until the drivers are done.</summary>
    Task ShowAsync(DemoBoard board, DemoScene scene, Task drivers);
}

/// <summary>What does not change while a demo runs.</summary>
/// <param name="City">Its facilities and gates.</param>
/// <param name="Title">Seed, drivers, store.</param>
/// <param name="Service">The service's address.</param>
/// <param name="LeftOut">What cannot be shown, and why.</param>
public sealed record DemoScene(CityPlan City, string Title, Uri Service, IReadOnlyList<string> LeftOut);
