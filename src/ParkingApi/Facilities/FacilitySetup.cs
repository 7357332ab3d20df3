using Parking.Facilities;

namespace Parking.Api.Facilities;

/// <summary>The city.</summary>
internal static class FacilitySetup
{
    private const string DemoCity = "DemoCity/city.json";

    /// <summary>Reads the file that <c>City:File</c> names, below the content root if it is relative; without that setting, the demo city beside the service.</summary>
    /// <exception cref="CityFileException">It cannot be used.</exception>
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
