using Parking.Simulation.Cities;

namespace Parking.Simulation.Demo;

/// <summary>Shows a demo while it runs: live on a terminal, or as lines.</summary>
public interface IDemoView
{
    /// <summary>Runs a task that takes a moment and shows its progress messages.</summary>
    Task<T> WaitForAsync<T>(Func<Action<string>, Task<T>> work);

    /// <summary>Shows the board until the drivers are done.</summary>
    Task ShowAsync(DemoBoard board, DemoScene scene, Task drivers);
}

/// <summary>The part of a demo that does not change while it runs.</summary>
/// <param name="City">The facilities and gates.</param>
/// <param name="Title">Seed, number of drivers and store.</param>
/// <param name="Service">The service's address.</param>
/// <param name="LeftOut">What cannot be shown and why.</param>
public sealed record DemoScene(CityPlan City, string Title, Uri Service, IReadOnlyList<string> LeftOut);
