using System.CommandLine;
using System.Diagnostics;
using Parking.Optics.Images;
using Parking.QrReader;

namespace Parking.ScannerSim.Reading;

/// <summary>The command <c>read IMAGE…</c>: reads the QR symbol in each picture file.</summary>
internal static class ReadCommand
{
    private const string Description = """
        Read the QR symbol in each picture file.

        Writes one line per image: its path, a tab, and the text. If no symbol was read, nothing follows the tab. A text always takes one
        line: tab, carriage return and line feed are written as \t, \r and \n, other control characters as \uXXXX. --json keeps the text
        exact.
        Exits with 0 if every image was read, else with 1. A file that cannot be used is named on standard error; the others are still read.

        Examples:
          read ticket.png
          read --json photos/1.jpg photos/2.jpg
          read frames/*.png | cut -f2
        """;

    public static Command Create()
    {
        var images = new Argument<string[]>("image")
        {
            Description = "Picture files: PNG, JPEG, WebP, BMP, GIF.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json")
        {
            Description = "Write all results as one JSON array: path, text (or null), version, level, corners, milliseconds, error.",
        };
        var command = new Command("read", Description) { images, json };
        command.SetAction(result => Run(
            result.GetRequiredValue(images), result.GetValue(json), result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string[] paths, bool asJson, TextWriter output, TextWriter errors)
    {
        var reader = new SymbolReader();
        var results = new List<ImageResult>(paths.Length);
        foreach (var path in paths)
        {
            var result = Read(reader, path);
            results.Add(result);
            if (result.Error is not null)
            {
                errors.WriteLine(result.Error);
            }
            if (!asJson)
            {
                output.WriteLine($"{path}\t{OneLineText.Escape(result.Text ?? "")}");
            }
        }
        if (asJson)
        {
            output.WriteLine(ImageResult.ToJson(results));
        }
        return results.TrueForAll(static result => result.Text is not null) ? 0 : 1;
    }

    private static ImageResult Read(SymbolReader reader, string path)
    {
        GreyPicture picture;
        try
        {
            picture = PictureFile.Load(path);
        }
        catch (PictureFileException error)
        {
            return new ImageResult { Path = path, Error = error.Message };
        }
        var started = Stopwatch.GetTimestamp();
        var reading = reader.Read(picture.AsFrame());
        return ImageResult.Of(path, reading, Stopwatch.GetElapsedTime(started));
    }
}
