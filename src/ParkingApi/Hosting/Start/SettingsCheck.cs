using Microsoft.Extensions.Options;
using Parking.Api.Hosting.Browsers;
using Parking.BackOffice.Sql;
using Parking.Stores;

namespace Parking.Api.Hosting.Start;

/// <summary>Stops a start with bad settings, and lists all missing, wrong, unreadable and unknown settings at once.</summary>
internal static class SettingsCheck
{
    /// <summary>Registers the sections whose settings no feature reads by <c>AddSettings</c>, so that they are known too.</summary>
    public static IServiceCollection AddSettingsCheck(this IServiceCollection services) => services
        .AddSingleton(SettingsSection.Of("City", "File"))
        .AddSingleton(SettingsSection.Of("Data", "Folder"))
        .AddSingleton(SettingsSection.Of<PageOptions>(PageOptions.Section))
        .AddSingleton(SettingsSection.Of(LiveStoreSetup.Section, LiveStoreSetup.Defaults))
        .AddSingleton(SettingsSection.Of<BackOfficeOptions>(BackOfficeOptions.Section));

    /// <summary>
    /// Checks all settings. The host checks them too, but only after it has created all hosted services, and the first of these would
    /// fail on the first bad setting it needs.
    /// </summary>
    /// <exception cref="InvalidSettingsException">A setting is missing, wrong or unknown.</exception>
    public static void CheckSettings(this WebApplication app)
    {
        List<string> failures = [.. SettingsForm.TakeErrors(app.Configuration, app.Services.GetServices<SettingsSection>())];
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (Exception e) when (FailuresOf(e).ToList() is { Count: > 0 } found)
        {
            failures.AddRange(found);
        }

        if (failures.Count > 0)
        {
            throw new InvalidSettingsException(failures);
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
