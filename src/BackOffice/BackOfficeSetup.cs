using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Parking.BackOffice.Sql;

namespace Parking.BackOffice;

/// <summary>Registers the back office.</summary>
public static class BackOfficeSetup
{
    /// <summary>
    /// Uses PostgreSQL if <c>BackOffice:Postgres</c> is set, otherwise a file. Neither is opened before its first use.
    /// </summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="file">The path of the file.</param>
    /// <param name="isSimulation">Whether it holds a simulation's data.</param>
    public static IServiceCollection AddBackOffice(this IServiceCollection services, string file, bool isSimulation)
    {
        services.AddOptions<BackOfficeOptions>().BindConfiguration(BackOfficeOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BackOfficeOptions>, BackOfficeOptions.Validator>();
        services.AddSingleton<ISqlDatabase>(provider => provider.GetRequiredService<IOptions<BackOfficeOptions>>().Value switch
        {
            { Postgres: { Length: > 0 } postgres } options => new PostgresBackOffice(
                postgres,
                options.PostgresOwner is { Length: > 0 } owner ? owner : null,
                provider.GetRequiredService<ILogger<PostgresBackOffice>>()),
            _ => new SqliteBackOffice(file, isSimulation),
        });
        return services;
    }
}
