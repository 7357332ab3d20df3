using Parking.Optics.Images;

namespace Parking.Optics.Readers;

/// <summary>A reader within this process, which takes one picture at a time: only the reading is measured.</summary>
/// <param name="read">Reads a picture; null: nothing was read.</param>
/// <param name="time">Measures it.</param>
internal sealed class OneByOneReader(Func<GreyPicture, string?> read, TimeProvider time) : IPictureReader
{
    public IReadOnlyList<PictureAnswer> Read(IReadOnlyList<GreyPicture> pictures)
    {
        var answers = new PictureAnswer[pictures.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            var started = time.GetTimestamp();
            var text = read(pictures[i]);
            answers[i] = new PictureAnswer(text, time.GetElapsedTime(started));
        }
        return answers;
    }
}
