namespace Parking.Simulation.Load;

/// <summary>Shows a load to a person.</summary>
public interface ILoadView
{
    void Say(string text);

    /// <summary>Runs something that takes a while and reports its progress.</summary>
    Task<T> ShowAsync<T>(string what, Func<Action<string>, Task<T>> work);

    /// <summary>Shows what the load came to.</summary>
    /// <param name="result">The figures.</param>
    /// <param name="unexpected">The first taps that were not decided as they should have been.</param>
    void Show(LoadResult result, IReadOnlyList<string> unexpected);
}
