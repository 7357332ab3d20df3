namespace Parking.Optics.Images;

/// <summary>A picture file could not be used. The message begins with its path and says why, for a person to read.</summary>
public sealed class PictureFileException : Exception
{
    public PictureFileException(string message)
        : base(message)
    {
    }

    public PictureFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
