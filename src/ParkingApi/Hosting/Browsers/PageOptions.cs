using Microsoft.Extensions.Options;

namespace Parking.Api.Hosting.Browsers;

/// <summary>The setting of the pages that people open in a browser.</summary>
internal sealed class PageOptions
{
    public const string Section = "Pages";

    /// <summary>
    /// The only origin of the pages, for example <c>https://parking.example</c>: scheme, host and port as browsers see them. Without it the
    /// service has no pages, except in Development and in a simulation, where it is the first address that the service listens on.
    /// </summary>
    public string? Origin { get; set; }

    /// <summary>Whether the service has pages at all.</summary>
    public static bool AreOn(IConfiguration configuration, IHostEnvironment environment) =>
        environment.IsDevelopment() || environment.IsSimulation() || configuration[$"{Section}:{nameof(Origin)}"] is { Length: > 0 };

    /// <summary>Whether the pages are on this machine. Behind a proxy with another name they are not, whatever it listens to.</summary>
    public static bool IsLoopback(IConfiguration configuration) =>
        configuration[$"{Section}:{nameof(Origin)}"] is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.IsLoopback);

    /// <summary>Reports what is wrong with the setting, and what else it needs.</summary>
    public sealed class Validator(IConfiguration configuration, DevelopmentAssembly development) : IValidateOptions<PageOptions>
    {
        public ValidateOptionsResult Validate(string? name, PageOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.Origin is { Length: > 0 } origin && !IsOrigin(origin))
            {
                errors.AddError(
                    $"{Section}:{nameof(Origin)} is '{origin}', which is not an origin. Give scheme and host, and a port if it is not the "
                    + "scheme's own, without a path: https://parking.example. Only loopback addresses may have http.");
            }

            if (options.Origin is { Length: > 0 } && !development.IsLoaded)
            {
                var provider = configuration.GetSection(DevelopmentAssembly.ProviderSection);
                if (provider["Authority"] is not { Length: > 0 } && provider["MetadataAddress"] is not { Length: > 0 })
                {
                    errors.AddError($"{provider.Path}:Authority is missing. Name the OpenID Connect provider at which people sign in.");
                }

                if (provider["ClientId"] is not { Length: > 0 })
                {
                    errors.AddError($"{provider.Path}:ClientId is missing. Name the client that the provider knows these pages as.");
                }
            }

            return errors.Build();
        }

        private static bool IsOrigin(string text) =>
            Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            && uri.GetLeftPart(UriPartial.Authority) == text;
    }
}
