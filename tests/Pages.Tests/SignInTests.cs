using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>Signing in and out in a browser, with the development's people.</summary>
[Collection<SharedService>]
public sealed class SignInTests(Chromium chromium, LiveService service)
{
    [Theory]
    [InlineData("demo-controller", "/console", "Chen Wei")]
    [InlineData("demo-driver-1", "/driver", "Lin Xia")]
    public async Task PickedPerson_IsSignedIn(string person, string page, string name)
    {
        await using var screen = await chromium.OpenAsync(new(service.Origin));

        await screen.SignInAsync(person, page);

        Assert.Contains(
            name,
            await screen.Page.EvaluateFunctionAsync<string>("async () => (await (await fetch('/v1/session')).json()).name"),
            StringComparison.Ordinal);
        await screen.AssertCleanAsync();
    }
}
