namespace Parking.Simulation.Load;

public interface ILoadView
{
    void Say(string text);

    /// <summary>Runs a task that takes a while and shows its progress messages.</summary>
    Task<T> ShowAsync<T>(string what, Func<Action<string>, Task<T>> work);

    /// <summary>Shows the result of the load.</summary>
    /// <param name="result">The figures.</param>
    /// <param name="unexpected">The first taps with an unexpected decision.</param>
    void Show(LoadResult result, IReadOnlyList<string> unexpected);
}
