using System.Diagnostics;
using System.Globalization;
using System.Text;
using Parking.Optics.Images;
using Parking.Optics.Programs;

namespace Parking.Optics.Readers;

/// <summary>
/// The program <c>zbarimg</c> (Debian: zbar-tools), started for each picture: with <c>--raw</c> it does not say which file a text is of,
/// and its <c>--xml</c> is broken for bytes from 0x80 on. So its times include starting a process and opening a file.
/// </summary>
/// <param name="time">Measures it.</param>
internal sealed class ZbarReader(TimeProvider time) : IPictureReader
{
    private const string Program = "zbarimg";

    /// <summary>Beside 0: no symbol was found.</summary>
    private const int NothingFound = 4;

    public static bool IsInstalled => Executable.Find(Program) is not null;

    public PictureAnswer Read(GreyPicture picture)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.FullPath, "frame.pgm");
        Save(picture, file);
        var started = time.GetTimestamp();
        var text = Run(file);
        return new PictureAnswer(text, time.GetElapsedTime(started));
    }

    /// <summary>A portable grey map: the one format that costs nothing to write.</summary>
    private static void Save(GreyPicture picture, string path)
    {
        using var file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5 {picture.Width} {picture.Height} 255\n")));
        file.Write(picture.Pixels);
    }

    /// <summary>The text of the first symbol, exactly: with <c>--oneshot</c> no line end follows it.</summary>
    private static string? Run(string file)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(Program, ["--raw", "-q", "--oneshot", "--nodbus", "-Sdisable", "-Sqrcode.enable", file])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            },
        };
        process.Start();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode switch
        {
            0 when output.Length > 0 => output,
            0 or NothingFound => null,
            _ => throw new IOException($"{Program} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult().Trim()}"),
        };
    }
}
