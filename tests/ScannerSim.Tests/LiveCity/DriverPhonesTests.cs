using NodaTime;
using Parking.Codes.Devices;
using Parking.Simulation.LiveCity;

namespace Parking.ScannerSim.Tests.LiveCity;

/// <summary>The phones of the living city's drivers, before a real service.</summary>
public sealed class DriverPhonesTests(QuietCity quiet) : IClassFixture<QuietCity>
{
    private const int Drivers = 3000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void IsWithoutNetwork_ManyDrivers_IsOneOfThree_TheSameForTheSameSeed()
    {
        var without = WithoutNetwork(seed: 7);

        Assert.InRange(without.Count, Drivers / 3.3, Drivers / 2.7);
        Assert.Equal(without, WithoutNetwork(seed: 7));
        Assert.NotEqual(without, WithoutNetwork(seed: 8));
    }

    [Fact]
    public async Task Fetch_PhoneWithoutANetwork_SignsItsCodesItself_WithAnotherCertificateAfterEachUse()
    {
        var phones = Create(seed: 7);
        var driver = WithoutNetwork(seed: 7)[0];
        await phones.PrepareAsync(driver, Cancellation);

        var first = await ReadAsync();
        var again = await ReadAsync();
        phones.MarkUsed(driver);
        var next = await ReadAsync();

        Assert.Equal(first, again);
        Assert.NotEqual(first, next);

        async Task<string> ReadAsync()
        {
            var code = await phones.FetchAsync(driver, Cancellation);
            Assert.StartsWith(DeviceCodeFormat.Prefix, code.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(DeviceCodeFormat.Prefix, code.ToString(), StringComparison.Ordinal);
            return CertificateOf(code.Text);
        }
    }

    [Fact]
    public async Task Prepare_BeforeEachOfManyStays_LeavesAnotherCertificateForEachPassage()
    {
        var phones = Create(seed: 7);
        var driver = WithoutNetwork(seed: 7)[1];
        var shown = new List<string>();
        for (var stay = 0; stay < 12; stay++)
        {
            await phones.PrepareAsync(driver, Cancellation);
            for (var passage = 0; passage < 2; passage++)
            {
                shown.Add(CertificateOf((await phones.FetchAsync(driver, Cancellation)).Text));
                phones.MarkUsed(driver);
            }
        }

        Assert.Distinct(shown);
    }

    [Fact]
    public async Task Fetch_PhoneWithANetwork_ShowsACodeOfTheService()
    {
        var driver = Enumerable.Range(0, Drivers).Except(WithoutNetwork(seed: 7)).First();

        var code = await Create(seed: 7).FetchAsync(driver, Cancellation);

        Assert.StartsWith("SP1:", code.Text, StringComparison.Ordinal);
        Assert.True(code.ExpiresAt > Instant.FromDateTimeOffset(QuietCity.TimeProvider.GetUtcNow()));
    }

    private List<int> WithoutNetwork(long seed)
    {
        var phones = Create(seed);
        return [.. Enumerable.Range(0, Drivers).Where(phones.IsWithoutNetwork)];
    }

    private DriverPhones Create(long seed) => new(quiet.City.Http, quiet.City.Identities, seed, QuietCity.TimeProvider);

    /// <summary>The middle of the certificate, which has its place in every code.</summary>
    private static string CertificateOf(string code) => code[20..280];
}
