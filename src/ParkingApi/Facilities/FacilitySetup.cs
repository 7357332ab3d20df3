using Parking.Facilities;

namespace Parking.Api.Facilities;

/// <summary>Registers the city.</summary>
internal static class FacilitySetup
{
    private const string DemoCity = "DemoCity/city.json";

    /// <summary>
    /// Reads the file that <c>City:File</c> names; a relative path starts at the content root. Without that setting, reads the demo city
    /// beside the service.
    /// </summary>
    /// <exception cref="CityFileException">The file cannot be used.</exception>
    public static CityDirectory AddCity(this IHostApplicationBuilder builder)
    {
        var path = builder.Configuration["City:File"] is { Length: > 0 } file
            ? Path.Combine(builder.Environment.ContentRootPath, file)
            : Path.Combine(AppContext.BaseDirectory, DemoCity);
        var city = CityFileReader.ReadFile(path);
        builder.Services.AddSingleton(city);
        return city;
    }
}
