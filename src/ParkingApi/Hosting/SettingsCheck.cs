using Microsoft.Extensions.Options;

namespace Parking.Api.Hosting;

/// <summary>Stops a start that would go wrong, and says everything that is missing or wrong in one list.</summary>
internal static class SettingsCheck
{
    /// <summary>
    /// Checks every setting. The host would do so too, but only after it has made every hosted service, the first of which would fail
    /// on the first setting it needs.
    /// </summary>
    /// <exception cref="InvalidSettingsException">Something is missing or wrong.</exception>
    public static void CheckSettings(this WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (Exception e) when (FailuresOf(e).ToList() is { Count: > 0 } failures)
        {
            throw new InvalidSettingsException(failures);
        }
    }

    private static IEnumerable<string> FailuresOf(Exception exception) => exception switch
    {
        OptionsValidationException invalid => invalid.Failures,
        AggregateException all when all.InnerExceptions.All(inner => inner is OptionsValidationException) => all.InnerExceptions.SelectMany(FailuresOf),
        _ => [],
    };
}

/// <summary>The service cannot start with the settings it has. The message lists everything that is missing or wrong with them.</summary>
internal sealed class InvalidSettingsException(IReadOnlyList<string> failures)
    : Exception($"The service cannot start with these settings:{string.Concat(failures.Select(failure => $"{Environment.NewLine}  {failure}"))}");
