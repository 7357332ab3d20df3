using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Parking.DevelopmentSignIn;

/// <summary>The page on which a developer picks a person. OpenIddict has checked the request before it comes here.</summary>
internal static class SignInPage
{
    private const string PersonParameter = "person";

    /// <summary>
    /// Marks what comes over the demo's proxy for phones, which puts it into every request: there, only drivers can sign in. Its own file
    /// says the same.
    /// </summary>
    private const string DriversOnly = "Demo-Drivers-Only";

    public static IResult Show(HttpContext context)
    {
        IReadOnlyList<Person> people =
        [
            .. Person.Of(context.RequestServices.GetRequiredService<IConfiguration>())
                .Where(person => person.Duties.Count == 0 || !context.Request.Headers.ContainsKey(DriversOnly)),
        ];
        var chosen = context.Request.Query[PersonParameter].ToString();
        return people.FirstOrDefault(person => person.Code == chosen) is { } found ? SignIn(context, found) : Pick(context, people);
    }

    private static IResult SignIn(HttpContext context, Person person)
    {
        var request = context.GetOpenIddictServerRequest()!;
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, roleType: null);
        identity.SetClaim(Claims.Subject, person.Code).SetClaim(Claims.Name, $"{person.Chinese} {person.English}");
        if (person.Duties.Count > 0)
        {
            identity.SetClaims("duty", [.. person.Duties]).SetClaim("staff", person.English);
        }

        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(request.GetScopes());
        return Results.SignIn(principal, new AuthenticationProperties(), OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static IResult Pick(HttpContext context, IReadOnlyList<Person> people)
    {
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
        context.Response.Headers.CacheControl = "no-store";
        return Results.Content(Html(context.Request, people), "text/html", Encoding.UTF8);
    }

    private static string Html(HttpRequest request, IReadOnlyList<Person> people)
    {
        var page = new StringBuilder("""
            <!doctype html>
            <html lang="zh-Hans">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>登录 · Sign in</title>
            <link rel="icon" href="/shared/icon.svg"><link rel="stylesheet" href="/shared/base.css">
            <link rel="stylesheet" href="/sign-in/sign-in.css">
            </head>
            <body><main class="sign-in">
            <h1>登录 <span lang="en">Sign in</span></h1>
            <p>这是开发环境。请选择一位虚构人物。<br><span lang="en">This is a development service. Pick one of these invented people.</span></p>
            <ul>
            """);
        foreach (var person in people)
        {
            var address = QueryHelpers.AddQueryString($"{request.Path}{request.QueryString}", PersonParameter, person.Code);
            page.Append("<li><a href=\"").Append(HtmlEncoder.Default.Encode(address)).Append("\"><b>")
                .Append(person.Chinese).Append(" <span lang=\"en\">").Append(person.English).Append("</span></b><span>")
                .Append(person.Description)
                .AppendJoin("", person.Duties.Select(duty => $"<br><code>{HtmlEncoder.Default.Encode(duty)}</code>"))
                .Append("</span></a></li>\n");
        }

        return page.Append("</ul></main></body></html>\n").ToString();
    }
}
