using System.Diagnostics.CodeAnalysis;
using NodaTime;
using NodaTime.Text;

namespace Parking.Simulation.Traces.Importing;

/// <summary>A local time, as one column or several say it.</summary>
/// <param name="Columns">Their texts are put together with a space between; where one of them is empty, there is no time.</param>
/// <param name="Patterns">NodaTime's patterns for a local date and time; the first that fits is taken.</param>
public sealed record TimeColumns(IReadOnlyList<string> Columns, IReadOnlyList<string> Patterns)
{
    private readonly Lazy<IReadOnlyList<LocalDateTimePattern>> _compiled =
        new(() => [.. Patterns.Select(LocalDateTimePattern.CreateWithInvariantCulture)]);

    /// <summary>What is wrong with them; null if nothing is.</summary>
    public string? FindFault()
    {
        try
        {
            return Columns.Count > 0 && _compiled.Value.Count > 0 ? null : "columns, patterns: a time must have at least one of each";
        }
        catch (InvalidPatternException error)
        {
            return $"patterns: {error.Message}";
        }
    }

    public bool TryParse(string text, [NotNullWhen(true)] out LocalDateTime? time)
    {
        foreach (var pattern in _compiled.Value)
        {
            if (pattern.Parse(text) is { Success: true } found)
            {
                time = found.Value;
                return true;
            }
        }
        time = null;
        return false;
    }
}
