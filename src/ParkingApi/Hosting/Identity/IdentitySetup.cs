using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Parking.Api.Hosting.Problems;
using Parking.Facilities;

namespace Parking.Api.Hosting.Identity;

/// <summary>Who is who: people by token, gates by key, and what each may do.</summary>
internal static class IdentitySetup
{
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddOptions<SecretsOptions>().BindConfiguration(SecretsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SecretsOptions>, SecretsOptions.Validator>();
        services.AddSingleton<ServiceSecrets>();

        services.AddOptions<GateKeysOptions>().BindConfiguration(GateKeysOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GateKeysOptions>, GateKeysOptions.Validator>();
        services.AddSingleton(ReadGateKeys);

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer()
            .AddScheme<AuthenticationSchemeOptions, GateAuthenticationHandler>(GateAuthenticationHandler.SchemeName, null);
        RemoveDataProtection(services);

        // After AddJwtBearer, whose reading of the configuration replaces the parameters that are set here.
        services.AddSingleton<PeopleTokens>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>>(provider => provider.GetRequiredService<PeopleTokens>());
        services.AddSingleton<IValidateOptions<JwtBearerOptions>>(provider => provider.GetRequiredService<PeopleTokens>());
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).ValidateOnStart();

        services.AddSingleton<IAuthorizationHandler, OwnGateRequirement.Handler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationProblems>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Citizen, People().RequireAssertion(context => context.User.HasClaim(claim => claim is { Type: Citizen.CodeClaim, Value.Length: > 0 })).Build())
            .AddPolicy(Policies.Operator, People().RequireRole(Citizen.OperatorRole).Build())
            .AddPolicy(Policies.Gate, new AuthorizationPolicyBuilder(GateAuthenticationHandler.SchemeName)
                .RequireAuthenticatedUser().AddRequirements(new OwnGateRequirement()).Build());
        return services;
    }

    /// <summary>
    /// AddAuthentication brings data protection along, for cookies and forms. There are none here, and its hosted service would write keys
    /// of its own into the home folder at the first start.
    /// </summary>
    private static void RemoveDataProtection(IServiceCollection services)
    {
        foreach (var unused in services.Where(IsDataProtectionHost).ToList())
        {
            services.Remove(unused);
        }

        static bool IsDataProtectionHost(ServiceDescriptor service) =>
            service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(IDataProtectionBuilder).Assembly;
    }

    private static AuthorizationPolicyBuilder People() =>
        new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme).RequireAuthenticatedUser();

    private static GateKeys ReadGateKeys(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<GateKeysOptions>>().Value;
        GateKeys.TryRead(options, provider.GetRequiredService<CityDirectory>(), out var keys);
        return keys ?? throw new InvalidOperationException("The file of gates' keys was good when the service started, and is not any more.");
    }
}
