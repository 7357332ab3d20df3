using System.Globalization;
using System.Text;

namespace Parking.GateProgram.Journal;

/// <summary>
/// Which gate a folder belongs to: a file with the gate's name and, after a space, the CRC-32C of it. With the journal of another gate, a
/// gate would report its vehicles under numbers that are taken, and forget which codes it has opened for.
/// </summary>
internal static class JournalOwner
{
    private const string Name = "gate.txt";

    /// <summary>Takes a folder for a gate. A folder without a readable name, such as one from before there were names, is taken.</summary>
    /// <exception cref="GateMismatchException">It belongs to another gate. Nothing was changed.</exception>
    /// <exception cref="IOException">The disk cannot be read or written.</exception>
    public static void Claim(IGateFolder folder, string gate)
    {
        if (Read(folder) is { } owner)
        {
            if (owner != gate)
            {
                throw new GateMismatchException(
                    $"{folder.Describe(Name)}: this folder has the journal of gate {owner}, not of gate {gate}. "
                    + "Give each gate a folder of its own with --journal.");
            }
            return;
        }
        folder.WriteWhole(Name, Encoding.UTF8.GetBytes(LineOf(gate)));
    }

    private static string? Read(IGateFolder folder)
    {
        if (!folder.List().Contains(Name))
        {
            return null;
        }
        using var file = folder.Open(Name);
        var bytes = new byte[Math.Min(file.Length, 1024)];
        var line = Encoding.UTF8.GetString(bytes.AsSpan(0, file.Read(bytes, 0)));
        var owner = line.Split(' ')[0];
        return line == LineOf(owner) ? owner : null;
    }

    private static string LineOf(string gate) =>
        string.Create(CultureInfo.InvariantCulture, $"{gate} {Checksum.Compute(Encoding.UTF8.GetBytes(gate)):x8}");
}
