using NodaTime;
using Parking.Codes;
using Parking.Simulation.Phones;

namespace Parking.ScannerSim.Tests.Demo;

public class FalseCodeTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 24, 8, 0);

    [Fact]
    public void ChangeSignature_ManyCodes_OneCharacterAndOnlyTheSignatureIsWrong()
    {
        var ring = KeyRing.Found(SigningKey.Create(), Now);
        var minter = new CodeMinter(ring);
        for (ulong holder = 0; holder < 300; holder++)
        {
            var code = minter.Mint(new HolderId(holder), VehicleSlot.None, Now).Text;

            var damaged = CodeDamage.ChangeSignature(code);

            Assert.Equal(1, code.Zip(damaged).Count(pair => pair.First != pair.Second));
            Assert.Equal(CodeRefusal.BadSignature, Check(ring, damaged));
        }
    }

    [Fact]
    public void Forge_RightInAllButTheKey_IsOfAnUnknownKey() =>
        Assert.Equal(CodeRefusal.UnknownKey, Check(KeyRing.Found(SigningKey.Create(), Now), new CodeForger(1).Forge(Now)));

    private static CodeRefusal Check(KeyRing ring, string code) => new CodeVerifier(ring.PublishedAt(Now)).Verify(code, Now).Refusal;
}
