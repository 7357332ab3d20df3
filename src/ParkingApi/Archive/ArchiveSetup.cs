using Parking.Api.Hosting;
using Parking.Api.Hosting.Identity;
using Parking.BackOffice.Archive;

namespace Parking.Api.Archive;

/// <summary>Registers the archive of stays: the drain, the search, and what erasing needs.</summary>
internal static class ArchiveSetup
{
    public static void AddArchive(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ArchiveKeys(provider.GetRequiredService<ServiceSecrets>().StayKey));
        services.AddSingleton<ArchiveDrain>();
        services.AddSingleton<ArchiveErasure>();
        services.AddSingleton<StaySearch>();
        services.AddSingleton<DrainState>();
        services.AddHealthChecks().AddCheck<ArchiveHealth>(ArchiveHealth.Name);
        services.AddBackgroundWork<DrainService>();
    }
}
