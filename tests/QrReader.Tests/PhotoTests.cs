using Parking.Optics.Images;

namespace Parking.QrReader.Tests;

/// <summary>Photographs that people took of real symbols, and screenshots of all kinds.</summary>
public sealed class PhotoTests
{
    /// <summary>
    /// The number of pictures of the second set that this version reads at every rotation. Two others do not count: the symbol of one has a
    /// different text than its label (see <see cref="IsMisprint"/>). The other is damaged intentionally: version 1 at level L with two
    /// wrong codewords, of which only one can be corrected with certainty.
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
    /// The label of picture 13 is "… aerial photograph of …", but its symbol says "photography". All four blocks, of 43 codewords with 24
    /// for error correction, decode to this text. It is the text of picture 12, drawn differently.
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
