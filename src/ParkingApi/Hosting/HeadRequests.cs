namespace Parking.Api.Hosting;

/// <summary>Answers HEAD as GET without its body (RFC 9110, section 9.3.2). Routes are mapped for GET only.</summary>
internal static class HeadRequests
{
    /// <summary>Must come before routing.</summary>
    /// <param name="app">The service.</param>
    /// <param name="endless">Paths whose answer to GET does not end by itself: they have no HEAD.</param>
    public static IApplicationBuilder UseHead(this IApplicationBuilder app, params IReadOnlyList<PathString> endless) =>
        app.Use(async (context, next) =>
        {
            var request = context.Request;
            if (!HttpMethods.IsHead(request.Method) || endless.Any(path => request.Path.StartsWithSegments(path)))
            {
                await next(context);
                return;
            }

            var body = context.Response.Body;
            request.Method = HttpMethods.Get;
            context.Response.Body = Stream.Null;
            try
            {
                await next(context);
            }
            finally
            {
                request.Method = HttpMethods.Head;
                context.Response.Body = body;
            }
        });
}
