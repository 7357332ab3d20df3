using System.Net;
using Parking.GateProtocol;
using Parking.Pages.Tests.Browser;
using Parking.Pages.Tests.Offline;

namespace Parking.Pages.Tests;

/// <summary>Two drivers share a car, each at a browser of their own.</summary>
[Collection<SharedService>]
public sealed class DriverSharingTests(Chromium chromium, LiveService service) : IAsyncLifetime
{
    private const string Plate = "沪C12345", PlateAsShown = "沪C·12345";

    /// <summary>Whether a phone has eight certificates for one vehicle, and no others.</summary>
    private const string PlatesAre = """
        plate => import('/driver/offline/vault.js').then(({ readVault }) => readVault()).then(({ certificates }) =>
          certificates.length === 8 && certificates.every(one => one.plate === plate))
        """;

    public ValueTask InitializeAsync() => ForgetVehiclesAsync();

    public ValueTask DisposeAsync() => ForgetVehiclesAsync();

    [Fact]
    public async Task Car_IsShared_OneEnters_TheOtherLeaves_AndTheStayIsTheOwners()
    {
        await using var owner = await OpenOwnerAsync();
        await using var member = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        var without = await member.FirstCodeAsync();

        await AcceptAsync(member, await InviteAsync(owner));

        await member.UntilReadsAsync("#accepted", Plate);
        await member.UntilReadsAsync("#shared .chosen .plate", PlateAsShown);
        await member.OpenTabAsync("code");
        await member.UntilReadsAsync("#code-plate", PlateAsShown);
        await owner.OpenTabAsync("code");
        var before = await owner.FirstCodeAsync();
        using var entry = new DriverGate(service, "hsp-in-1");
        using var exit = new DriverGate(service, "hsp-out-1");
        Assert.Equal(ScanReason.Entered, (await entry.ShowAsync(await member.NextCodeAsync(without))).Reason);
        await owner.UntilReadsAsync(".stay .plate", PlateAsShown);
        await member.UntilReadsAsync(".stay .plate", PlateAsShown);
        Assert.Equal((false, true), (await IsOfOthersAsync(owner), await IsOfOthersAsync(member)));
        Assert.Equal(ScanReason.Exited, (await exit.ShowAsync(await owner.NextCodeAsync(before))).Reason);
        await owner.UntilGoneAsync(".stay");

        await member.OpenTabAsync("vehicles");
        await member.TapAsync("#shared [data-part=leave]");
        await ConfirmAsync(member);

        await member.UntilAsync("() => document.querySelector('#shared-place').hidden");
        await member.OpenTabAsync("code");
        await member.UntilAsync("() => !document.querySelector('#code-no-plate').hidden");
        await owner.OpenTabAsync("vehicles");
        await owner.UntilGoneAsync("#vehicles li");
        await owner.AssertCleanAsync();
        await member.AssertCleanAsync();
    }

    /// <summary>The owner ends it: the member's phone notices when it asks for the next code.</summary>
    [Fact]
    public async Task Share_IsEndedByTheOwner_AndTheMemberGetsNoMoreCodesForTheCar()
    {
        await using var owner = await OpenOwnerAsync();
        await using var member = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        await AcceptAsync(member, await InviteAsync(owner));
        await member.UntilReadsAsync("#shared .chosen .plate", PlateAsShown);
        await owner.OpenTabAsync("code");
        await owner.OpenTabAsync("vehicles");
        await owner.UntilReadsAsync("#vehicles li", "Shared since");

        await owner.TapAsync("#vehicles li button");
        await ConfirmAsync(owner);

        await owner.UntilGoneAsync("#vehicles li");
        await member.OpenTabAsync("code");
        await member.Page.EvaluateExpressionAsync("import('/driver/code.js').then(({ renew }) => { renew(); })");
        await member.UntilAsync("() => !document.querySelector('#code-no-plate').hidden");
        await member.UntilHasCodeAsync();
        await owner.AssertCleanAsync();
        await member.AssertCleanAsync();
    }

    /// <summary>The member's phone, linked: the car opens gates without a network, like one of the member's own.</summary>
    [Fact]
    public async Task LinkedPhone_HasCertificatesForTheSharedCar_AsLongAsItIsShared()
    {
        await using var owner = await OpenOwnerAsync();
        await using var member = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        await member.LinkAsync();
        await AcceptAsync(member, await InviteAsync(owner));
        await member.UntilReadsAsync("#shared .chosen .plate", PlateAsShown);
        await member.UntilAsync(PlatesAre, Plate);
        string code;
        await service.CutAsync();
        try
        {
            await member.GoAsync("/driver");
            await member.UntilHasOwnCodeAsync();
            await member.UntilReadsAsync("#code-plate", PlateAsShown);
            code = await member.FirstCodeAsync();
        }
        finally
        {
            service.Mend();
        }

        await member.UntilReadsAsync("#code-note", "New code in");
        using var entry = new DriverGate(service, "hsp-in-1");
        using var exit = new DriverGate(service, "hsp-out-1");
        Assert.Equal(ScanReason.Entered, (await entry.ShowAsync(code)).Reason);
        await member.UntilReadsAsync(".stay .plate", PlateAsShown);
        Assert.Equal(ScanReason.Exited, (await exit.ShowAsync(await member.NextCodeAsync(code))).Reason);
        await member.UntilGoneAsync(".stay");

        await member.OpenTabAsync("vehicles");
        await member.UntilReadsAsync("#shared .plate", PlateAsShown);
        await member.TapAsync("#shared [data-part=leave]");
        await ConfirmAsync(member);

        await member.UntilAsync(PlatesAre.Replace("=== plate", "=== null", StringComparison.Ordinal));
        await owner.AssertCleanAsync();
        await member.AssertCleanAsync();
    }

    [Fact]
    public async Task Invitation_IsForOnePerson_IsShownOnce_AndCanBeWithdrawn()
    {
        await using var owner = await OpenOwnerAsync();
        await using var member = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        var invitation = await InviteAsync(owner);
        await owner.UntilReadsAsync(".invitation", "For one person, until");
        await owner.UntilReadsAsync("#vehicles li", "Invitation, until");
        await owner.Page.ReloadAsync();
        await owner.UntilReadsAsync("#vehicles summary", "Kind and sharing");
        await owner.UntilGoneAsync(".invitation");
        await owner.TapAsync("#vehicles summary");

        await owner.TapAsync("#vehicles li button");

        await owner.UntilGoneAsync("#vehicles li");
        await AcceptAsync(member, $"Invitation to share the vehicle 沪A12345: {invitation}. It is for one person.");
        await member.UntilReadsAsync("#invitation-error", "There is no such invitation");
        await member.Page.ReloadAsync();
        await member.UntilAsync("text => document.querySelector('#invitation')?.value.includes(text)", invitation);
        await owner.AssertCleanAsync();
        await member.AssertCleanAsync();
    }

    [Fact]
    public async Task OwnInvitation_AndTooManyOfThem_AreRefusedInWords()
    {
        await using var owner = await OpenOwnerAsync();
        await AcceptAsync(owner, await InviteAsync(owner));
        await owner.UntilReadsAsync("#invitation-error", "your own invitation");
        for (var shares = 2; shares <= 4; shares++)
        {
            await owner.TapAsync("#vehicles [data-part=invite]");
            await owner.UntilAsync("count => document.querySelectorAll('#vehicles li').length === count", shares);
            await owner.UntilAsync("() => !document.querySelector('#vehicles [data-part=invite]').disabled");
        }

        await owner.TapAsync("#vehicles [data-part=invite]");

        await owner.UntilReadsAsync("#vehicles [data-part=shareError]", "This vehicle has 4 shares");
        await owner.AssertCleanAsync();
    }

    [Fact]
    public async Task OwnCarWithTheSamePlate_ThatIsParked_IsARefusalInWords_AndAcceptingTakesItOffTheListAfterwards()
    {
        await using var owner = await OpenOwnerAsync();
        await using var member = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        var without = await member.FirstCodeAsync();
        await member.AddVehicleAsync(Plate);
        await member.UntilReadsAsync("#vehicles .chosen .plate", PlateAsShown);
        await member.OpenTabAsync("code");
        using var entry = new DriverGate(service, "hsp-in-1");
        using var exit = new DriverGate(service, "hsp-out-1");
        var code = await member.NextCodeAsync(without);
        await entry.ShowAsync(code);
        await member.UntilAsync("() => !!document.querySelector('.stay')");
        var invitation = await InviteAsync(owner);

        await AcceptAsync(member, invitation);

        await member.UntilReadsAsync("#invitation-error", "is parked");
        await member.OpenTabAsync("code");
        Assert.Equal(ScanReason.Exited, (await exit.ShowAsync(await member.NextCodeAsync(code))).Reason);
        await member.UntilGoneAsync(".stay");
        await member.OpenTabAsync("vehicles");
        await member.TapAsync("#accept");
        await member.UntilReadsAsync("#shared .plate", PlateAsShown);
        await member.UntilReadsAsync("#vehicles .empty", "No vehicle yet");
        await owner.AssertCleanAsync();
        await member.AssertCleanAsync();
    }

    [Theory]
    [InlineData("", "Enter the invitation first.")]
    [InlineData("7f0e 2d4c", "An invitation has 32 characters")]
    public async Task TextThatIsNoInvitation_IsToldAtTheField(string typed, string words)
    {
        await using var screen = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);

        await AcceptAsync(screen, typed);

        await screen.UntilReadsAsync("#invitation-error", words);
        await screen.AssertCleanAsync();
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict, "too-many-shared-vehicles", "You share 8 vehicles")]
    [InlineData(HttpStatusCode.TooManyRequests, "too-many-requests", "Too many tries")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "store-unavailable", "cannot do this just now")]
    [InlineData(HttpStatusCode.InternalServerError, "unknown", "HTTP 500")]
    public async Task Refusal_IsToldInWords_AndWhatWasTypedStays(HttpStatusCode status, string kind, string words)
    {
        await using var screen = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        await OpenTabAsync(screen);
        await using (await Interception.RefuseAsync(screen, "/v1/me/shared-vehicles", status, kind))
        {
            await AcceptAsync(screen, new string('a', 32));
            await screen.UntilReadsAsync("#invitation-error", words);
        }

        Assert.Equal(new string('a', 32), await TypedAsync(screen));
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task LostConnection_IsTold_AndTheInvitationIsAcceptedAfterwards()
    {
        await using var owner = await OpenOwnerAsync();
        await using var member = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        var invitation = await InviteAsync(owner);
        await OpenTabAsync(member);
        await service.CutAsync();
        try
        {
            await AcceptAsync(member, invitation);
            await member.UntilReadsAsync("#invitation-error", "no answer came");
            await owner.TapAsync("#vehicles [data-part=invite]");
            await owner.UntilReadsAsync("#vehicles [data-part=shareError]", "no answer came");
        }
        finally
        {
            service.Mend();
        }

        await member.UntilAsync("() => document.querySelector('#lost').hidden");
        Assert.Equal(invitation, await TypedAsync(member));
        await member.TapAsync("#accept");
        await member.UntilReadsAsync("#shared .plate", PlateAsShown);
        await owner.AssertCleanAsync();
        await member.AssertCleanAsync();
    }

    private async Task<Screen> OpenOwnerAsync()
    {
        var owner = await chromium.OpenDriverAsync(service);
        await owner.AddVehicleAsync(Plate);
        await owner.UntilReadsAsync("#vehicles .chosen .plate", PlateAsShown);
        await owner.UntilAsync("() => !document.querySelector('#add').disabled");
        await owner.TapAsync("#vehicles summary");
        return owner;
    }

    /// <summary>The invitation, as the page shows it.</summary>
    private static async Task<string> InviteAsync(Screen owner)
    {
        await owner.TapAsync("#vehicles [data-part=invite]");
        await owner.UntilAsync("() => !!document.querySelector('.invitation output') && !!document.querySelector('#vehicles li')");
        return (await owner.TextOfAsync(".invitation output"))!.Replace(" ", "", StringComparison.Ordinal);
    }

    private static async Task AcceptAsync(Screen member, string typed)
    {
        await OpenTabAsync(member);
        await member.TypeAsync("#invitation", typed);
        await member.TapAsync("#accept");
    }

    private static async Task OpenTabAsync(Screen screen)
    {
        await screen.OpenTabAsync("vehicles");
        await screen.UntilAsync("() => document.querySelector('#add')?.disabled === false");
    }

    private static async Task ConfirmAsync(Screen screen)
    {
        await screen.UntilAsync("() => !!document.querySelector('dialog[open] .danger')");
        await screen.Page.ClickAsync("dialog[open] .danger");
        await screen.UntilGoneAsync("dialog[open]");
    }

    private static Task<string> TypedAsync(Screen screen) =>
        screen.Page.EvaluateExpressionAsync<string>("document.querySelector('#invitation').value");

    /// <summary>Whether the open stay is of a car that somebody else shares.</summary>
    private static Task<bool> IsOfOthersAsync(Screen screen) => screen.Page.EvaluateExpressionAsync<bool>(
        "fetch('/v1/me/stays').then(answer => answer.json()).then(stays => stays.open[0].shared ?? false)");

    private async ValueTask ForgetVehiclesAsync()
    {
        await service.ForgetVehiclesAsync(DriverScreen.LinXia);
        await service.ForgetVehiclesAsync(DriverScreen.ZhouMing);
    }
}
