namespace Parking.Api.PersonalData;

/// <summary>Registers what a citizen's own data needs.</summary>
internal static class PersonalDataSetup
{
    public static void AddPersonalData(this IServiceCollection services) => services.AddSingleton<Export>();
}
