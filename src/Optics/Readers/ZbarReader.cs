using System.Diagnostics;
using System.Globalization;
using System.Text;
using Parking.Optics.Images;
using Parking.Optics.Programs;

namespace Parking.Optics.Readers;

/// <summary>
/// Reads with the program <c>zbarimg</c> (Debian: zbar-tools). The program is started for each picture, because with <c>--raw</c> it does
/// not report which file a text belongs to, and <c>--xml</c> writes bytes from 0x80 incorrectly. So its times include starting a process
/// and opening a file.
/// </summary>
/// <param name="time">Measures the duration.</param>
internal sealed class ZbarReader(TimeProvider time) : IPictureReader
{
    private const string Program = "zbarimg";

    /// <summary>The exit code if no symbol was found.</summary>
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

    /// <summary>Writes a portable grey map (PGM). The format is a short header and the pixels without compression.</summary>
    private static void Save(GreyPicture picture, string path)
    {
        using var file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5 {picture.Width} {picture.Height} 255\n")));
        file.Write(picture.Pixels);
    }

    /// <summary>Returns the exact text of the first symbol. With <c>--oneshot</c>, zbarimg adds no line end.</summary>
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
