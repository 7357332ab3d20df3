using System.IO.Compression;
using System.Net.Mime;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Parking.Api.Hosting.Identity;
using Parking.Facilities;
using Parking.Pages;

namespace Parking.Api.Hosting.Browsers;

/// <summary>Registers the pages and the sign-in of browsers.</summary>
internal static class BrowserSetup
{
    /// <summary>The header that carries the antiforgery token.</summary>
    public const string CsrfHeader = "X-Csrf-Token";

    private const string CsrfCookie = "parking-csrf";

    public static void AddBrowsers(this WebApplicationBuilder builder, CityDirectory city)
    {
        var services = builder.Services;
        services.AddOptions<PageOptions>().BindConfiguration(PageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PageOptions>, PageOptions.Validator>();
        services.AddSingleton<PageOrigin>();
        var development = DevelopmentAssembly.Load(builder, city);
        services.AddSingleton(development);
        services.AddSingleton<SignInSchemes>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>>(Schemes);
        services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>>(Schemes);
        services.AddSingleton<IPostConfigureOptions<CookieAuthenticationOptions>>(Schemes);
        services.AddSingleton<IPostConfigureOptions<OpenIdConnectOptions>>(Schemes);
        var authentication = services.AddAuthentication().AddCookie();
        if (development.IsLoaded || DevelopmentAssembly.HasProvider(builder.Configuration))
        {
            authentication.AddOpenIdConnect();
        }

        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<PageOptions>>(Configure);
        services.AddDataProtection().SetApplicationName("parking");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, PageKeys>();
        services.AddPages();

        // Only the pages are HTML, and they have nothing secret whose length could give it away. The build compresses their files. The best
        // level is slow, but a page is compressed once and kept.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [MediaTypeNames.Text.Html];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.SmallestSize);

        // OpenIddict tells each step of each sign-in.
        builder.Logging.AddFilter("OpenIddict", LogLevel.Warning);

        // Output caching tells each request twice.
        builder.Logging.AddFilter("Microsoft.AspNetCore.OutputCaching", LogLevel.Warning);

        // The key manager warns that it stores keys unencrypted: it does not know that PageKeys seals them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);

        // Otherwise Development would answer for files that the build does not know, and unknown addresses would be 405 in place of 404.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";

        // In other environments than Development the files of wwwroot are found only with this.
        builder.WebHost.UseStaticWebAssets();
    }

    /// <summary>Maps the pages, and what the sign-in for development adds. Follows authorization.</summary>
    public static void MapBrowsers(this WebApplication app)
    {
        app.UseOutputCache();

        // Not for hubs: it takes hold of the body before HubRefusals can know that the answer is a refusal.
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments(PeopleTokens.HubPath), branch => branch.UseResponseCompression());

        app.MapStaticAssets();
        app.MapPages();
        foreach (var map in app.Services.GetServices<Action<IEndpointRouteBuilder>>())
        {
            map(app);
        }
    }

    /// <remarks>The library refuses to set a Secure cookie on http, which only loopback origins have.</remarks>
    private static void Configure(AntiforgeryOptions options, IOptions<PageOptions> pages)
    {
        var isSecure = pages.Value.Origin?.StartsWith(Uri.UriSchemeHttps, StringComparison.Ordinal) == true;
        options.HeaderName = CsrfHeader;
        options.Cookie.Name = isSecure ? $"__Host-{CsrfCookie}" : CsrfCookie;
        options.Cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.Path = "/";
    }

    private static SignInSchemes Schemes(IServiceProvider provider) => provider.GetRequiredService<SignInSchemes>();
}
