using Parking.Api.Hosting;

namespace Parking.Api.Tests.Hosting;

public sealed class MediaTypeChoiceTests
{
    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("image/png", "image/png")]
    [InlineData("IMAGE/PNG", "image/png")]
    [InlineData("image/*", "image/svg+xml")]
    [InlineData("text/html, image/png", "image/png")]
    [InlineData("image/png, */*;q=0.1", "image/png")]
    [InlineData("image/png;q=0.5, image/svg+xml;q=0.6", "image/svg+xml")]
    [InlineData("image/svg+xml;q=0, image/*", "image/png")]
    [InlineData("*/*, application/json;q=0", "image/svg+xml")]
    [InlineData("image/png;q=0", null)]
    [InlineData("text/html", null)]
    [InlineData("application/json;q=0, */*;q=0", null)]
    public void Choose_OfAccept_TakesTheBestThatIsOffered(string? accept, string? expected) =>
        Assert.Equal(expected, MediaTypeChoice.Choose(accept, "application/json", "image/svg+xml", "image/png"));
}
