using System.Net;
using System.Net.Http.Headers;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;

namespace Parking.Api.Tests.Codes;

public sealed class PublishedKeyTests : IDisposable
{
    private readonly ParkingApplication _app = new(KeyRotationTests.Hasty);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task KeySets_InBothForms_AreTheSameKeys()
    {
        using var client = _app.AnonymousClient();

        var jwks = PublicKeySet.FromJwks(await client.GetByteArrayAsync("/.well-known/jwks.json", Cancellation));
        var cose = PublicKeySet.FromCoseKeySet(await client.GetByteArrayAsync("/.well-known/cose-keys", Cancellation));

        Assert.Single(jwks.Keys);
        Assert.Equal(jwks, cose);
    }

    [Fact]
    public async Task KeySetsOfCertificates_InBothForms_AreTheSameKeys_AndNoneOfThemIsACodes()
    {
        using var client = _app.AnonymousClient();

        var codes = PublicKeySet.FromJwks(await client.GetByteArrayAsync("/.well-known/jwks.json", Cancellation));
        var jwks = PublicKeySet.FromJwks(
            await client.GetByteArrayAsync("/.well-known/certificate-jwks.json", Cancellation), KeyUse.Certificates);
        var cose = PublicKeySet.FromCoseKeySet(
            await client.GetByteArrayAsync("/.well-known/certificate-cose-keys", Cancellation), KeyUse.Certificates);

        Assert.Single(jwks.Keys);
        Assert.Equal(jwks, cose);
        Assert.DoesNotContain(jwks.Keys[0], codes.Keys);
    }

    [Theory]
    [InlineData("/.well-known/jwks.json", "application/jwk-set+json")]
    [InlineData("/.well-known/cose-keys", "application/cose-key-set")]
    [InlineData("/.well-known/certificate-jwks.json", "application/jwk-set+json")]
    [InlineData("/.well-known/certificate-cose-keys", "application/cose-key-set")]
    public async Task KeySet_AskedForAgain_IsNotSentAgain(string path, string mediaType)
    {
        using var client = _app.AnonymousClient();
        using var first = await client.GetAsync(path, Cancellation);
        var tag = first.Headers.ETag!;

        using var again = await GetAsync(client, path, tag);
        using var changed = await GetAsync(client, path, new("\"another\""));

        Assert.False(tag.IsWeak);
        Assert.Equal(mediaType, first.Content.Headers.ContentType?.MediaType);
        Assert.Equal("max-age=300, public", string.Join(", ", first.Headers.CacheControl!.ToString().Split(", ").Order()));
        Assert.Equal((HttpStatusCode.NotModified, tag), (again.StatusCode, again.Headers.ETag!));
        Assert.Equal("public, max-age=300", again.Headers.CacheControl!.ToString());
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task KeySet_AfterASuccessorWasAnnounced_HasAnotherTag()
    {
        using var client = _app.AnonymousClient();
        using var before = await client.GetAsync("/.well-known/jwks.json", Cancellation);

        await KeyRotationTests.PassAsync(_app, KeyRotationTests.TillAnnounced, ring => ring.Lives.Count == 2);
        using var after = await GetAsync(client, "/.well-known/jwks.json", before.Headers.ETag!);

        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.Equal(2, PublicKeySet.FromJwks(await after.Content.ReadAsByteArrayAsync(Cancellation)).Keys.Count);
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path, EntityTagHeaderValue known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(known);
        return await client.SendAsync(request, Cancellation);
    }
}
