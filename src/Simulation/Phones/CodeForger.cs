using NodaTime;
using Parking.Codes;

namespace Parking.Simulation.Phones;

/// <summary>Makes codes that are right in everything but the key they are signed with.</summary>
/// <param name="seed">Settles whom they pretend to be of.</param>
internal sealed class CodeForger(long seed)
{
    private readonly SigningKey _key = SigningKey.Create();

    /// <summary>A code as the service would make it, signed with the forger's own key.</summary>
    public string Forge(Instant now) =>
        new CodeMinter(KeyRing.Found(_key, now)).Mint(new HolderId(unchecked((ulong)seed)), VehicleSlot.None, now).Text;
}
