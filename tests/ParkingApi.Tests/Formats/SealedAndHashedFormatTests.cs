using System.Buffers.Text;
using Microsoft.Extensions.Options;
using NodaTime;
using Parking.Accounts;
using Parking.Admission;
using Parking.Api.Hosting.Identity;
using Parking.Api.Tests.Stays;
using Parking.Codes;
using Parking.Devices;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Stays;

namespace Parking.Api.Tests.Formats;

/// <summary>
/// Names, hashes and sealed texts that gates, citizens and stores keep. docs/formats.md lists them. A change here makes what was given out
/// unreadable.
/// </summary>
public class SealedAndHashedFormatTests
{
    /// <summary>Of <see cref="Entered"/>, sealed under 32 bytes 0, 1, 2 ….</summary>
    private const string TokenOfAScan =
        "paQIH9FRihjfZLHcD7gqVpSBtb1VC7YQ0S4hozmZcDSkdu0ESVTUSDxn9EUP9EXo_L8nJW6FPYi2A_lerpK"
        + "_McjrGMTdX1cGoKHQOc87R2IZUgNUPSA8EXAt9ysyYoOJD4ABlOq1fDE";

    /// <summary>Of a refusal of a forged code, which concerns nobody.</summary>
    private const string TokenOfARefusal =
        "pHRWg_LhnmH717d2Al_tmyc8kkKJHQWwigNZEseyEIA45oPOGqRNGViPXMoJQvfUaRxwZ6Fb0FlBKjJaFCocUYpJjKTQFvP1l1frC1Zj8Ug";

    private static readonly GateEventId Id = new(new("hsp-in-1"), new(0x9f2c4e1ab03d5577), 12);

    private static readonly HolderId Holder = new(0x8000_0000_0000_0001);

    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    private static readonly ScanEvent Entered = new()
    {
        Id = Id,
        Facility = new("hsp"),
        Direction = GateDirection.Entry,
        DeviceTime = Traffic.Start - Duration.FromMilliseconds(250),
        ClockOffset = Duration.FromMilliseconds(250),
        Code = CodeId.Parse("4be1c6f0a7d94f0f8f2c1a5d3e6b7a90"),
        Vehicle = new(2),
        Decision = new(ScanReason.Entered, Traffic.Start),
        Sent = new(0x0123456789abcdef),
    };

    private readonly DecisionTokens _tokens = new(Secret);

    [Fact]
    public void EventId_IsWrittenAsBefore()
    {
        Assert.Equal("6873702d696e2d319f2c4e1ab03d5577000000000000000c", Convert.ToHexStringLower(EventIdBytes.Of(Id)));
        Assert.Equal(Id, EventIdBytes.Read(EventIdBytes.Of(Id)));
        Assert.Equal("hsp-in-1/9f2c4e1ab03d5577/12", Id.ToString());
        Assert.Equal(0xe8cea0f54778beUL, Id.Digest());
    }

    /// <summary>By it a phone names itself for as long as it is linked; by the challenge it proves that it asks now.</summary>
    [Fact]
    public void NameOfADevice_AndItsChallenge_AreMadeAsBefore()
    {
        var key = new VerificationKey(
            Base64Url.DecodeFromChars("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
            Base64Url.DecodeFromChars("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"));
        var device = new Device(new(2), new DeviceLink(DevicePoint.Of(key), "phone", Traffic.Start, Traffic.Start, Traffic.Start));
        var ids = new DeviceIds(Secret);

        var id = ids.IdOf(Holder, device);

        Assert.Equal("ef7d22402795c0938588f3c9f13e6fdc", id.ToString());
        Assert.Equal((Holder, device.Number), ids.Open(id));
        Assert.Equal("000001a20c9633e0a1875ad6df85d77c720dc181424593d8", Convert.ToHexStringLower(ids.CreateChallenge(id, Traffic.Start)));
    }

    /// <summary>By it an inventory that is sent again is known.</summary>
    [Fact]
    public void OperatorsInventory_HasTheEventIdOfBefore() => Assert.Equal(
        "(operator)/a1123ad204f7217d/1",
        $"{new OperatorInventory(null!, CommandId.Parse("01JTCWB2X0S3K7N5Q8V1R4T6YZ"), Traffic.Start, 1, []).Event}");

    [Fact]
    public void Fingerprints_AreAsBefore()
    {
        var at = Traffic.Start;

        Assert.Equal(
            [
                "dd262287c981fcec",
                "9e1eff1f19a34b31",
                "4654d5c6e7423846",
                "42700c757e233889",
                "a8972ee6b4846c66",
                "d246d2404b777131",
                "d78d69d5612b5641",
            ],
            new[]
            {
                Fingerprint.OfScan(at, -120, "SP1:ABC"),
                Fingerprint.OfAct(at, -120, BarrierAct.Passed, 12, null),
                Fingerprint.OfAct(at, -120, BarrierAct.OpenedByHand, null, "fire"),
                Fingerprint.OfIncident(
                    new() { Seq = 1, DeviceTime = at, ClockOffset = -120, Incident = GateIncident.Tailgating, Scan = 12, Detail = "two" }),
                Fingerprint.OfLink(new() { Seq = 1, DeviceTime = at, ClockOffset = -120, Link = LinkChange.WentOffline }),
                Fingerprint.OfInventory(new() { Seq = 1, DeviceTime = at, ClockOffset = -120, Count = 3, Closes = ["00ff"] }),
                Fingerprint.OfUnreadable("{"u8),
            }.Select(fingerprint => fingerprint.Value.ToString("x16", null)));
    }

    [Fact]
    public void KeptEvent_IsWrittenAsBefore()
    {
        var unreadable = KeptEvent.Unreadable("no");

        Assert.Equal("626e6f", Convert.ToHexStringLower(unreadable));
        Assert.Empty(KeptEvent.Recorded);
        Assert.Equal((EventOutcome.Unreadable, "no"), (KeptEvent.Describe(unreadable, 7).Outcome, KeptEvent.Describe(unreadable, 7).Error));
        Assert.Equal(EventOutcome.Recorded, KeptEvent.Describe(KeptEvent.Recorded, 7).Outcome);
    }

    [Fact]
    public void StayName_IsAsBefore_AndOpens()
    {
        var names = new StayNames(new CodeSeal(Secret));

        var name = names.NameOf(Holder, new(2), Id);

        Assert.Equal("20598765b95e564e05c10a6b8b14c2a3", name.ToString());
        Assert.Equal((Holder, Id.Digest()), names.Open(name));
    }

    /// <summary>Made by another program from what docs/formats.md says.</summary>
    [Fact]
    public void Invitation_OpensAsBefore_AndItsShareIsNamedAsBefore()
    {
        var invitation = CodeId.Parse("765e02fb6e001d3043b23dab1f645a4f");

        Assert.Equal(new SealedHolder(Holder, new(2)), new Invitations(Secret).OwnerOf(invitation));
        Assert.Equal("803e9dadf45bae39c9ccdced6220eab5", Invitations.IdOf(invitation).ToString());
    }

    [Fact]
    public void DecisionToken_OfAScan_IsAsBefore_AndOpens()
    {
        var opened = _tokens.Open(TokenOfAScan, Id);

        Assert.Equal(TokenOfAScan, _tokens.Seal(Holder, Entered));
        Assert.Equal(new(Entered.Content, Entered.Decision, Holder, Entered), opened);
    }

    [Fact]
    public void DecisionToken_OfARefusal_IsAsBefore_AndOpens()
    {
        var refused = new Decision(ScanReason.BadSignature, Traffic.Start);

        Assert.Equal(TokenOfARefusal, _tokens.Seal(Id, Entered.Sent, refused));
        Assert.Equal(new(Entered.Sent, refused, null, null), _tokens.Open(TokenOfARefusal, Id));
    }

    /// <summary>A later version sealed it: it is no forgery, and not to be decided as if it were.</summary>
    [Fact]
    public void DecisionToken_WithAReasonThatIsNotKnown_IsOfALaterVersion() => Assert.Throws<InvalidDataException>(
        () => _tokens.Open(_tokens.Seal(Id, Entered.Sent, new Decision((ScanReason)99, Traffic.Start)), Id));

    [Fact]
    public void DecisionToken_OfAnotherEventOrKeyOrNoToken_IsNone()
    {
        Assert.Null(_tokens.Open(TokenOfAScan, Id with { Seq = 13 }));
        Assert.Null(new DecisionTokens(new byte[32]).Open(TokenOfAScan, Id));
        Assert.Null(_tokens.Open("AWJ5", Id));
    }

    [Fact]
    public void CheckValues_OfSecrets_AreAsBefore()
    {
        var options = new SecretsOptions
        {
            CitizenKey = Convert.ToBase64String(Secret),
            StayKey = Convert.ToBase64String([.. Secret[1..], 32]),
        };

        Assert.Equal(
            [
                new("Secrets:CitizenKey", "546e59b1391b264d592c5f21a4c478fe"),
                new("Secrets:StayKey", "20a26ac9d582eb24d94479723a6bef6e"),
            ],
            new ServiceSecrets(Options.Create(options)).Checks);
    }
}
