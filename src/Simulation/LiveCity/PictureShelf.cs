using System.Security.Cryptography;

namespace Parking.Simulation.LiveCity;

/// <summary>The newest pictures, each under a name that cannot be guessed: it shows somebody's code.</summary>
internal sealed class PictureShelf
{
    /// <summary>How many are kept.</summary>
    public const int Most = 20;

    private const int IdBytes = 12;

    private readonly Lock _sync = new();
    private readonly Queue<(string Id, byte[] Png)> _pictures = new();

    /// <summary>Keeps a picture, in place of the oldest.</summary>
    /// <returns>Its name.</returns>
    public string Add(byte[] png)
    {
        var id = RandomNumberGenerator.GetHexString(2 * IdBytes, lowercase: true);
        lock (_sync)
        {
            _pictures.Enqueue((id, png));
            if (_pictures.Count > Most)
            {
                _pictures.Dequeue();
            }
        }
        return id;
    }

    /// <summary>A picture; null if it is not here, or no more.</summary>
    public byte[]? Find(string id)
    {
        lock (_sync)
        {
            return _pictures.FirstOrDefault(picture => picture.Id == id).Png;
        }
    }
}
