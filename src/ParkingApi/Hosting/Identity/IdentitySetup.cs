using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Parking.Api.Hosting.Problems;
using Parking.Api.Hosting.Start;
using Parking.Facilities;

namespace Parking.Api.Hosting.Identity;

/// <summary>Registers authentication (people by token, gates by key) and authorization.</summary>
internal static class IdentitySetup
{
    /// <summary>
    /// The default scheme. It authenticates people: by a bearer token, or where there are pages, by their cookie. It never redirects: an
    /// API answers 401.
    /// </summary>
    public const string PeopleScheme = "People";

    /// <param name="services">The services to add to.</param>
    /// <param name="hasPages">Whether browsers sign in too.</param>
    public static IServiceCollection AddIdentity(this IServiceCollection services, bool hasPages)
    {
        services.AddSettings<SecretsOptions>(SecretsOptions.Section);
        services.AddSingleton<IValidateOptions<SecretsOptions>>(new SecretsOptions.Validator(hasPages));
        services.AddSingleton<ServiceSecrets>();

        services.AddSettings<GateKeysOptions>(GateKeysOptions.Section);
        services.AddSingleton<IValidateOptions<GateKeysOptions>, GateKeysOptions.Validator>();
        services.AddSingleton(ReadGateKeys);

        services.AddAuthentication(PeopleScheme)
            .AddPolicyScheme(PeopleScheme, null, options =>
            {
                options.ForwardDefault = JwtBearerDefaults.AuthenticationScheme;
                options.ForwardChallenge = JwtBearerDefaults.AuthenticationScheme;
                options.ForwardForbid = JwtBearerDefaults.AuthenticationScheme;
                options.ForwardDefaultSelector = hasPages ? SchemeOf : null;
            })
            .AddJwtBearer()
            .AddScheme<AuthenticationSchemeOptions, GateAuthenticationHandler>(GateAuthenticationHandler.SchemeName, null);
        RemoveDataProtection(services);

        // After AddJwtBearer: when it reads the configuration, it replaces the parameters that are set here.
        services.AddSingleton<PeopleTokens>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>>(provider => provider.GetRequiredService<PeopleTokens>());
        services.AddSingleton<IValidateOptions<JwtBearerOptions>>(provider => provider.GetRequiredService<PeopleTokens>());
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).ValidateOnStart();

        services.AddSingleton<DutyReader>();
        services.AddSingleton<Screens>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<SignInWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<SignInWatch>());
        services.AddSingleton<HubSignIns>();
        services.Configure<HubOptions>(options => options.AddFilter<HubSignIns>());
        services.AddSingleton<IAuthorizationHandler, OwnGateRequirement.Handler>();
        services.AddSingleton<IAuthorizationHandler, DutyRequirement.Handler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationProblems>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Citizen, People().RequireAssertion(HasCitizenCode).Build())
            .AddPolicy(
                Policies.SignedIn,
                People().RequireAssertion(context => HasCitizenCode(context) || Screens.ClaimOf(context.User) is not null).Build())
            .AddPolicy(Policies.Gate, new AuthorizationPolicyBuilder(GateAuthenticationHandler.SchemeName)
                .RequireAuthenticatedUser().AddRequirements(new OwnGateRequirement()).Build());
        return services;
    }

    private static bool HasCitizenCode(AuthorizationHandlerContext context) =>
        context.User.HasClaim(claim => claim is { Type: Citizen.CodeClaim, Value.Length: > 0 });

    /// <summary>
    /// AddAuthentication registers data protection for cookies and forms. Without pages the service has neither, and the hosted service of
    /// data protection would write keys into the home folder at the first start.
    /// </summary>
    private static void RemoveDataProtection(IServiceCollection services)
    {
        foreach (var unused in services.Where(IsDataProtectionHost).ToList())
        {
            services.Remove(unused);
        }

        static bool IsDataProtectionHost(ServiceDescriptor service) =>
            service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(IDataProtectionBuilder).Assembly;
    }

    private static AuthorizationPolicyBuilder People() => new AuthorizationPolicyBuilder(PeopleScheme).RequireAuthenticatedUser();

    /// <summary>A token, if the request has one, counts; the cookie, which a browser adds by itself, is then ignored.</summary>
    private static string SchemeOf(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0 || PeopleTokens.IsInQuery(context.Request)
            ? JwtBearerDefaults.AuthenticationScheme
            : CookieAuthenticationDefaults.AuthenticationScheme;

    private static GateKeys ReadGateKeys(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<GateKeysOptions>>().Value;
        GateKeys.TryRead(options, provider.GetRequiredService<CityDirectory>(), out var keys);
        return keys ?? throw new InvalidOperationException("The file of gates' keys was valid at the start of the service and is not now.");
    }
}
