using Parking.BackOffice.Cases;

namespace Parking.Api.Cases;

/// <summary>Registers cases.</summary>
internal static class CaseSetup
{
    public static void AddCases(this IServiceCollection services)
    {
        services.AddSingleton<CaseBook>();
        services.AddSingleton<CaseSearch>();
    }
}
