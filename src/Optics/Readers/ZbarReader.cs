using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Parking.Optics.Images;
using Parking.Optics.Programs;

namespace Parking.Optics.Readers;

/// <summary>
/// The program <c>zbarimg</c> (Debian: zbar-tools), started once for many pictures. It opens and decodes files and tells no times of single
/// pictures, so it has none here.
/// </summary>
internal sealed class ZbarReader : IPictureReader
{
    private const string Program = "zbarimg";

    /// <summary>Beside 0: pictures were looked at, and no symbol was found in any.</summary>
    private const int NothingFound = 4;

    public static bool IsInstalled => Executable.Find(Program) is not null;

    public IReadOnlyList<PictureAnswer> Read(IReadOnlyList<GreyPicture> pictures)
    {
        using var folder = new TemporaryFolder();
        string[] files = [.. pictures.Select((picture, i) => Save(picture, Path.Combine(folder.FullPath, $"{i.ToString(CultureInfo.InvariantCulture)}.pgm")))];
        var texts = ParseTexts(Run(files));
        return [.. files.Select(file => new PictureAnswer(texts.GetValueOrDefault(file), Took: null))];
    }

    /// <summary>A portable grey map: the one format that costs nothing to write.</summary>
    private static string Save(GreyPicture picture, string path)
    {
        using var file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5 {picture.Width} {picture.Height} 255\n")));
        file.Write(picture.Pixels);
        return path;
    }

    private static string Run(string[] files)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(Program, ["-q", "--xml", "-Sdisable", "-Sqrcode.enable", .. files])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
            },
        };
        process.Start();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode is 0 or NothingFound ? output : throw new IOException($"{Program} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult().Trim()}");
    }

    /// <summary>The first symbol's text of each file in which there is one.</summary>
    private static Dictionary<string, string> ParseTexts(string output)
    {
        var texts = new Dictionary<string, string>();
        foreach (var source in output.Length == 0 ? [] : XDocument.Parse(output).Descendants().Where(static element => element.Name.LocalName == "source"))
        {
            var data = source.Descendants().FirstOrDefault(static element => element.Name.LocalName == "data");
            if (data is not null)
            {
                texts[source.Attribute("href")!.Value] = data.Attribute("format")?.Value == "base64" ? Encoding.UTF8.GetString(Convert.FromBase64String(data.Value)) : data.Value;
            }
        }
        return texts;
    }
}
