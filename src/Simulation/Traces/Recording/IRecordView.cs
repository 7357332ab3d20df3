namespace Parking.Simulation.Traces.Recording;

/// <summary>Shows a recording to a person.</summary>
public interface IRecordView
{
    /// <summary>Shows it until it ends.</summary>
    /// <param name="what">What is being done.</param>
    /// <param name="lines">Grows meanwhile.</param>
    /// <param name="listening">The work.</param>
    Task<string?> ShowAsync(string what, IReadOnlyCollection<RecordedLine> lines, Task<string?> listening);
}
