using Microsoft.Extensions.Options;
using Parking.Ports;

namespace Parking.Api.Hosting;

/// <summary>Stops a start with bad settings, and lists all missing and wrong settings at once.</summary>
internal static class SettingsCheck
{
    /// <summary>
    /// Checks all settings. The host checks them too, but only after it has created all hosted services, and the first of these would
    /// fail on the first bad setting it needs.
    /// </summary>
    /// <exception cref="InvalidSettingsException">A setting is missing or wrong.</exception>
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

    /// <summary>
    /// Asks the store whether its data was written under these settings. A store that cannot be reached is not waited for: the service
    /// starts, and refuses to use the store later if it has to.
    /// </summary>
    /// <exception cref="InvalidSettingsException">The store must not be used with these settings.</exception>
    public static async Task CheckStoreAsync(this WebApplication app)
    {
        try
        {
            await app.Services.GetRequiredService<IStoreHealth>().ProbeAsync(CancellationToken.None);
        }
        catch (StoreRefusedException e)
        {
            throw new InvalidSettingsException(e.Reasons);
        }
        catch (StoreUnavailableException)
        {
            // The health check reports it.
        }
    }

    private static IEnumerable<string> FailuresOf(Exception exception) => exception switch
    {
        OptionsValidationException invalid => invalid.Failures,
        AggregateException all when all.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            all.InnerExceptions.SelectMany(FailuresOf),
        _ => [],
    };
}

/// <summary>The service cannot start with its settings. The message lists all that are missing or wrong.</summary>
internal sealed class InvalidSettingsException(IReadOnlyList<string> failures)
    : Exception(
        $"The service cannot start with these settings:{string.Concat(failures.Select(failure => $"{Environment.NewLine}  {failure}"))}");
