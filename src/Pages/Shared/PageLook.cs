using Microsoft.AspNetCore.Http;

namespace Parking.Pages.Shared;

/// <summary>A person's language and theme.</summary>
/// <param name="Language"><c>zh</c> or <c>en</c>.</param>
/// <param name="Theme"><c>dark</c> or <c>light</c>; null: what the browser prefers.</param>
public sealed record PageLook(string Language, string? Theme)
{
    private const string Chinese = "zh", English = "en";

    /// <summary>The texts in this language.</summary>
    public Texts Texts => Texts.In(Language);

    /// <summary>The language as a page declares it.</summary>
    public string HtmlLanguage => Language == Chinese ? "zh-Hans" : English;

    /// <summary>
    /// The look that a request asks for: by the query (<c>?lang=en&amp;theme=dark</c>), then by the cookies of the same names, which a page
    /// sets, then by Accept-Language. Anything unknown counts as not given.
    /// </summary>
    /// <param name="request">The request.</param>
    public static PageLook Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(
            OneOf(request, "lang", Chinese, English) ?? Preferred(request),
            OneOf(request, "theme", "dark", "light"));
    }

    private static string? OneOf(HttpRequest request, string name, params ReadOnlySpan<string> known)
    {
        foreach (var value in known)
        {
            if (request.Query[name] == value)
            {
                return value;
            }
        }

        foreach (var value in known)
        {
            if (request.Cookies[name] == value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Chinese unless the browser prefers English: the language of the two that the header names first.</summary>
    private static string Preferred(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1);
        foreach (var language in accepted)
        {
            if (language.Value.StartsWith(Chinese, StringComparison.OrdinalIgnoreCase))
            {
                return Chinese;
            }

            if (language.Value.StartsWith(English, StringComparison.OrdinalIgnoreCase))
            {
                return English;
            }
        }

        return Chinese;
    }
}
