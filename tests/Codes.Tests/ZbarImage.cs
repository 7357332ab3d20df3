using System.Diagnostics;

namespace Parking.Codes.Tests;

/// <summary>The program <c>zbarimg</c> (Debian package zbar-tools): a QR reader that is not ours.</summary>
internal static class ZbarImage
{
    private const string Program = "zbarimg";

    public static bool IsInstalled => InstalledProgram.Exists(Program);

    /// <summary>Reads pictures: one line of text for each symbol, in the order of the files.</summary>
    public static async Task<string[]> ReadAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(Program, ["-q", "--raw", "-Sdisable", "-Sqrcode.enable", .. files])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await errors;
        await process.WaitForExitAsync(cancellationToken);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
