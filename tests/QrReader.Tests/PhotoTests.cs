using Parking.Optics.Images;

namespace Parking.QrReader.Tests;

/// <summary>Photographs that people took of real symbols, and screenshots of all kinds.</summary>
public sealed class PhotoTests
{
    /// <summary>
    /// What this version reads of the second set, however it is turned. Of the two others one says something else than it is said to say,
    /// below; one is broken on purpose: a symbol of version 1 at level L with two wrong codewords, where one is all that can be corrected
    /// with certainty.
    /// </summary>
    private const int MixedSetFloor = 33;

    private readonly SymbolReader _reader = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_PhotographsOfPhoneScreensAndPaper_AllGiveTheExactText(int quarterTurns)
    {
        var photos = SharedData.Photos("photos-1");

        Assert.Equal(20, photos.Count);
        Assert.All(photos, photo => Assert.Equal(SharedData.ExpectedText(photo), ReadText(photo, quarterTurns)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_MixedPictures_GiveTheExactTextOrNone(int quarterTurns)
    {
        var photos = SharedData.Photos("photos-2");
        var read = 0;
        foreach (var photo in photos)
        {
            if (ReadText(photo, quarterTurns) is { } text && !IsMisprint(photo, text))
            {
                Assert.Equal(SharedData.ExpectedText(photo), text);
                read++;
            }
        }

        Assert.Equal(35, photos.Count);
        Assert.True(read >= MixedSetFloor, $"{read} of {photos.Count} read, fewer than {MixedSetFloor}");
    }

    /// <summary>
    /// Picture 13 is said to be "… aerial photograph of …". Its symbol says "photography": all four blocks, of 43 codewords with 24 for
    /// error correction, agree on it, and it is the text of picture 12, drawn otherwise.
    /// </summary>
    private static bool IsMisprint(string photo, string text) => Path.GetFileNameWithoutExtension(photo) == "13"
        && text == SharedData.ExpectedText(photo).Replace("photograph", "photography", StringComparison.Ordinal);

    private string? ReadText(string photo, int quarterTurns)
    {
        var picture = PictureFile.Load(photo);
        for (; quarterTurns > 0; quarterTurns--)
        {
            picture = picture.QuarterTurned();
        }
        return _reader.Read(picture.AsFrame())?.Text;
    }
}
