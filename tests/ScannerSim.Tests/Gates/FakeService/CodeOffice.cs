using NodaTime;
using Parking.Codes;

namespace Parking.ScannerSim.Tests.Gates.FakeService;

/// <summary>Mints real codes with a valid key, a revoked key and an unknown key.</summary>
internal sealed class CodeOffice(Instant founded)
{
    private readonly KeyRing _good = KeyRing.Found(SigningKey.Create(), founded);
    private readonly KeyRing _revoked = KeyRing.Found(SigningKey.Create(), founded);
    private readonly KeyRing _unknown = KeyRing.Found(SigningKey.Create(), founded);
    private ulong _holders;

    /// <summary>The keys in the feed. The revoked key is among them, because a gate may still have an older list.</summary>
    public PublicKeySet Listed { get; private set; } = new([]);

    public string RevokedKey => _revoked.PublishedAt(founded).Keys[0].Id.ToString();

    public PublicKeySet Believed => _good.PublishedAt(founded);

    public string Mint(Instant now) => Mint(_good, now);

    public string MintRevoked(Instant now) => Mint(_revoked, now);

    public string MintUnknown(Instant now) => Mint(_unknown, now);

    public static CodeOffice Open(Instant now)
    {
        var office = new CodeOffice(now);
        office.Listed = new PublicKeySet(office._good.PublishedAt(now).Keys.Concat(office._revoked.PublishedAt(now).Keys));
        return office;
    }

    private string Mint(KeyRing ring, Instant now) => new CodeMinter(ring).Mint(new HolderId(++_holders), VehicleSlot.None, now).Text;
}
