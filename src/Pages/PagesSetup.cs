using System.Globalization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.WebEncoders;
using Parking.Pages.Console;
using Parking.Pages.Driver;
using Parking.Pages.Shared;

namespace Parking.Pages;

/// <summary>Registers and maps the pages: the operators' console at <c>/console</c>, the drivers' page at <c>/driver</c>.</summary>
/// <remarks>
/// A page is the same for everybody: it has no personal data. Its modules fetch what this person may see over REST and hubs, and lead to
/// <c>/sign-in</c> when nobody is signed in.
/// </remarks>
public static class PagesSetup
{
    /// <summary>Names this version of the pages: another one has another name.</summary>
    public static string Build { get; } = typeof(PagesSetup).Module.ModuleVersionId.ToString("N", CultureInfo.InvariantCulture);

    /// <summary>Registers what the pages need. The host uses output caching, and compression inside of it.</summary>
    /// <param name="services">The services to add to.</param>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();

        // Chinese as it is: the default would write each character as an entity of eight bytes.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new(UnicodeRanges.All));

        services.AddOutputCache();
        return services;
    }

    /// <summary>Maps the pages. Their styles and modules are static web assets, which the host maps.</summary>
    /// <param name="routes">Where to map them.</param>
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.MapGet("/", () => TypedResults.LocalRedirect("/driver")).ExcludeFromDescription().AllowAnonymous();
        routes.MapPage<ConsolePage>("/console");
        routes.MapPage<AlarmsPart>("/console/parts/alarms");
        routes.MapPage<AuditPart>("/console/parts/audit");
        routes.MapPage<CasesPart>("/console/parts/cases");
        routes.MapPage<InventoryPart>("/console/parts/inventory");
        routes.MapPage<StaysPart>("/console/parts/stays");
        routes.MapPage<TariffsPart>("/console/parts/tariffs");
        routes.MapPage<UsePart>("/console/parts/use");
        routes.MapPage<DriverPage>("/driver");
        routes.MapDriverWorker();
        routes.MapPage<PlacesPart>("/driver/parts/places");
        routes.MapPage<StaysTab>("/driver/parts/stays");
        routes.MapPage<VehiclesTab>("/driver/parts/vehicles");
        routes.MapPage<HelpTab>("/driver/parts/help");
        routes.MapPage<GatesCard>("/driver/parts/gates");
        routes.MapPage<SignInFailedPage>("/sign-in/failed");
        routes.MapPage<ScreenPage>("/sign-in/screen");
    }

    private static void MapPage<TPage>(this IEndpointRouteBuilder routes, string path)
        where TPage : IComponent =>
        routes.MapGet(path, (HttpContext context) =>
        {
            var look = PageLook.Of(context.Request);
            PageHeaders.Set(context.Response, look);
            return new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["Look"] = look });
        }).CacheOutput(new PageCache()).ExcludeFromDescription().AllowAnonymous();
}
