using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Extensions;
using Parking.Codes;
using Parking.Simulation.Phones;
using Parking.Simulation.Settings;

namespace Parking.ScannerSim.Tests.Phones;

/// <summary>A phone that signs its codes itself.</summary>
public sealed class LinkedPhoneTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 8, 10, 0, TimeSpan.Zero));
    private readonly DeviceOffice _office;
    private readonly HttpClient _http;

    public LinkedPhoneTests()
    {
        _office = new DeviceOffice(_time);
        _http = _office.CreateClient();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Instant Now => _time.GetUtcNow().ToInstant();

    public void Dispose()
    {
        _http.Dispose();
        _office.Dispose();
    }

    [Fact]
    public async Task Phone_ShowsEachCertificateForOnePassage_AndTheLastOneAgainAndAgain()
    {
        var phone = await LinkAsync(TimeSpan.Zero);
        _office.IsAway = true;

        var checks = new List<CodeCheck>();
        for (var passage = 0; passage < 10; passage++)
        {
            Assert.Equal(CertificateOf(phone), CertificateOf(phone));
            checks.Add(Check(phone));
            phone.MarkUsed(null);
        }

        Assert.All(checks, check => Assert.True(check.IsAccepted));
        Assert.Equal(LinkedPhone.FullStock, checks.Select(check => check.Certificate!.Value.Id).Distinct().Count());
        Assert.Equal(checks[7].Certificate, checks[9].Certificate);
        Assert.Equal(10, checks.Select(check => check.CodeId).Distinct().Count());
        Assert.Equal(
            ["POST /v1/me/devices Bearer token", "POST /v1/devices/challenges", "POST /v1/devices/certificates"], _office.Received);
    }

    [Fact]
    public async Task Phone_WithANetwork_FillsUpWhatItHasUsed()
    {
        var phone = await LinkAsync(TimeSpan.Zero);
        var last = CertificateOf(phone);
        phone.MarkUsed(null);

        await phone.RestockAsync(null, Cancellation);

        Assert.Equal(LinkedPhone.FullStock, phone.StockOf(null));
        Assert.NotEqual(last, CertificateOf(phone));
        Assert.Equal(0, phone.StockOf("沪A12345"));
    }

    /// <summary>A code must have expired when its certificate does.</summary>
    [Fact]
    public async Task Phone_WithoutANetworkForAWeek_MakesItsLastCodeAMinuteBeforeItsCertificatesExpire()
    {
        var phone = await LinkAsync(TimeSpan.Zero);
        var until = phone.OfflineUntil(null)!.Value;

        _time.SetUtcNow((until - Duration.FromDays(1)).ToDateTimeOffset());
        Assert.Equal((LinkedPhone.FullStock, 0), (phone.StockOf(null), phone.FreshStockOf(null)));
        _time.SetUtcNow((until - Duration.FromMinutes(1)).ToDateTimeOffset());
        Assert.True(Check(phone).IsAccepted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, phone.StockOf(null));
        Assert.Throws<InvalidOperationException>(() => phone.Mint(null));
    }

    [Theory]
    [InlineData(-20 * 60)]
    [InlineData(20 * 60)]
    public async Task Phone_WhoseClockIsWrong_DatesItsCodesByWhatTheServiceToldIt(int secondsAhead)
    {
        var phone = await LinkAsync(TimeSpan.FromSeconds(secondsAhead));
        _office.IsAway = true;
        _time.Advance(TimeSpan.FromDays(3));

        Assert.True(phone.Clock.IsKnown);
        Assert.True(Check(phone).IsAccepted);
    }

    /// <summary>Its steady clock shows that somebody has set the other one. Then it does not know the time, and must say so.</summary>
    [Fact]
    public async Task Phone_WhoseClockIsSetMeanwhile_KnowsThatItDoesNotKnowTheTime()
    {
        var clocks = new Gates.SkewedTime(_time);
        var phone = new LinkedPhone(_http, "d1", clocks, _time);
        Assert.False(phone.Clock.IsKnown);
        await phone.LinkAsync("token", Cancellation);
        await phone.RestockAsync(null, Cancellation);
        _time.Advance(TimeSpan.FromHours(1));
        clocks.Skew = TimeSpan.FromMinutes(-20);

        Assert.False(phone.Clock.IsKnown);
        Assert.Equal(CodeRefusal.Expired, Check(phone).Refusal);
        await phone.RestockAsync(null, Cancellation);
        Assert.True(Check(phone).IsAccepted);
    }

    /// <summary>Its certificates name the device by another number.</summary>
    [Fact]
    public async Task Phone_ThatIsLinkedAsAnotherDevice_DropsItsCertificates()
    {
        var phone = await LinkAsync(TimeSpan.Zero);
        await phone.LinkAsync("token", Cancellation);
        Assert.Equal(LinkedPhone.FullStock, phone.StockOf(null));
        _office.Id = "00000000000000000000000000000000";

        await phone.LinkAsync("token", Cancellation);

        Assert.Equal(0, phone.StockOf(null));
    }

    [Fact]
    public async Task Phone_OfAFile_GoesOnWithItsKeysCertificatesAndTime_AndOnlyItsOwnerCanReadThat()
    {
        using var folder = new TempFolder();
        var path = folder.PathOf("my.phone");
        var ahead = TimeSpan.FromMinutes(20);
        var before = await LinkAsync(ahead);
        before.MarkUsed(null);
        before.ToFile().Save(path);
        _office.IsAway = true;

        var phone = new LinkedPhone(_http, "d1", new WrongTime(_time, ahead), _time);
        phone.Resume(PhoneFile.Load(path));

        Assert.Equal((before.Device, LinkedPhone.FullStock - 1), (phone.Device, phone.StockOf(null)));
        Assert.Equal(CertificateOf(before), CertificateOf(phone));
        Assert.True(Check(phone).IsAccepted);
        _office.IsAway = false;
        await phone.RestockAsync(null, Cancellation);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"phone":2,"key":"","clockOffset":0,"certificates":[]}""")]
    [InlineData("""{"phone":1,"key":"AAAA","clockOffset":0,"certificates":[]}""")]
    public void Phone_OfAnythingElse_IsRefused(string content)
    {
        using var folder = new TempFolder();
        var path = folder.PathOf("my.phone");
        File.WriteAllText(path, content);

        Assert.Throws<SettingsException>(() => new LinkedPhone(_http, "d1", _time, _time).Resume(PhoneFile.Load(path)));
    }

    private async Task<LinkedPhone> LinkAsync(TimeSpan ahead)
    {
        var phone = new LinkedPhone(_http, "d1", new WrongTime(_time, ahead), _time);
        await phone.LinkAsync("token", Cancellation);
        await phone.RestockAsync(null, Cancellation);
        return phone;
    }

    private CodeCheck Check(LinkedPhone phone) => _office.Verifier.Verify(phone.Mint(null).Text, Now);

    private object CertificateOf(LinkedPhone phone) => Check(phone).Certificate!.Value.Id;
}
