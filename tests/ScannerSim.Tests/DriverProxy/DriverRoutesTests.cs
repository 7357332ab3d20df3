using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Parking.DriverProxy;

namespace Parking.ScannerSim.Tests.DriverProxy;

/// <summary>The proxy's list of paths, beside the drivers' page: what its modules call has to be let through.</summary>
public sealed partial class DriverRoutesTests
{
    private static readonly string[] Folders = ["driver", "shared"];

    [Fact]
    public void Paths_ThatThePageCalls_AreLetThrough()
    {
        var root = Path.Combine(Repository.Root, "src", "Pages", "wwwroot");
        var called = Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.js", SearchOption.AllDirectories))
            .SelectMany(file => CalledPath().Matches(File.ReadAllText(file)))
            .Select(match => Value().Replace(match.Groups[1].Value, "x"))
            .Distinct()
            .ToList();

        Assert.Contains("/v1/stays/x", called);
        Assert.DoesNotContain(called, path => !DriverRoutes.Allowed.Any(route => Matches(route.Path, path)));
    }

    private static bool Matches(string route, string path) =>
        new TemplateMatcher(TemplateParser.Parse(route), []).TryMatch(path, new RouteValueDictionary());

    /// <summary>A path in a text or a template of a module, up to its query.</summary>
    [GeneratedRegex(@"['`](/(?:v1|hubs|demo|sign-in|sign-out|driver|shared)(?:\$\{[^}]*\}|[^'`?$])*)")]
    private static partial Regex CalledPath();

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Value();
}
