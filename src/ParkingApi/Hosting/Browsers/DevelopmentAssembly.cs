using System.Reflection;
using System.Runtime.Loader;
using Parking.Facilities;

namespace Parking.Api.Hosting.Browsers;

/// <summary>
/// The sign-in for development: an OpenID Connect server with invented people, in an assembly beside the service that <c>publish</c> leaves
/// out. It is loaded only in Development and in a simulation, without another provider, and if service and pages are on loopback addresses.
/// </summary>
internal sealed class DevelopmentAssembly
{
    /// <summary>What the assembly serves and expects; its own file says the same.</summary>
    public const string Path = "/development", MetadataPath = $"{Path}/openid-configuration", ClientId = "pages";

    /// <summary>The standard section of the provider at which browsers sign in.</summary>
    public const string ProviderSection = "Authentication:Schemes:OpenIdConnect";

    private const string Folder = "development", Assembly = "DevelopmentSignIn", StartupType = "Parking.DevelopmentSignIn.Startup";

    private DevelopmentAssembly(bool isLoaded) => IsLoaded = isLoaded;

    public bool IsLoaded { get; }

    /// <summary>Loads the assembly and lets it register its services, if the conditions hold.</summary>
    public static DevelopmentAssembly Load(WebApplicationBuilder builder, CityDirectory city)
    {
        var path = System.IO.Path.Combine(AppContext.BaseDirectory, Folder, $"{Assembly}.dll");
        var isWanted = (builder.Environment.IsDevelopment() || builder.Environment.IsSimulation())
            && !HasProvider(builder.Configuration)
            && !LoopbackAddresses.Refusals(builder.Configuration).Any()
            && PageOptions.IsLoopback(builder.Configuration);
        if (!isWanted || !File.Exists(path))
        {
            return new(isLoaded: false);
        }

        var startup = (IHostingStartup)Activator.CreateInstance(new Context(path).LoadFromAssemblyPath(path).GetType(StartupType)!)!;
        startup.Configure(builder.WebHost);

        // The demo's manager and attendant have a part of whatever city this is.
        builder.Configuration["Demo:District"] = city.Facilities.FirstOrDefault()?.District.Value;
        builder.Configuration["Demo:Facility"] = city.Facilities.FirstOrDefault()?.Id.Value;
        return new(isLoaded: true);
    }

    /// <summary>Whether the configuration names a provider at which browsers sign in.</summary>
    public static bool HasProvider(IConfiguration configuration) => configuration.GetSection(ProviderSection).GetChildren().Any();

    /// <summary>Its packages are loaded beside the service's, so that neither decides on the version of the other's.</summary>
    private sealed class Context(string path) : AssemblyLoadContext(Assembly)
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }
}
