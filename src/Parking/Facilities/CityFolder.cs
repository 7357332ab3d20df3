using System.Buffers;
using Parking.Tariffs.Documents;

namespace Parking.Facilities;

/// <summary>The folder of the city file. The files that the city file names lie in it.</summary>
internal sealed class CityFolder(string cityFile)
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(cityFile))!;

    /// <summary>Reads a file's name from a node of the city file. Null if it is not well-formed, which is then noted as an error.</summary>
    public static string? ReadName(DocumentNode node, string expected)
    {
        if (node.Text(expected) is not { } name)
        {
            return null;
        }

        // A name can be written in one way only. So no name leads out of the folder on any system, and each file has one name.
        if (name.Split('/').All(part => part is not ("" or "." or "..") && !part.AsSpan().ContainsAnyExcept(NameCharacters)))
        {
            return name;
        }

        node.Reject(
            "the file name is not well-formed",
            $"{expected}: below the city file's folder, of letters, digits, -, _ and ., with / between folders");
        return null;
    }

    /// <summary>Reads the file's content.</summary>
    /// <param name="name">A name that <see cref="ReadName"/> returned.</param>
    /// <param name="maxBytes">A larger file is not read, and is an error.</param>
    /// <param name="error">What is wrong with it; null if nothing is.</param>
    public ReadOnlyMemory<byte> ReadContent(string name, int maxBytes, out DocumentError? error)
    {
        try
        {
            var file = new FileInfo(Path.Combine(_folder, name));
            error = file switch
            {
                { Exists: false } => new("$", "the file does not exist", $"a file in {_folder}"),
                _ when file.Length > maxBytes => new("$", $"the file has {file.Length} bytes", $"at most {maxBytes}"),
                _ => null,
            };
            return error is null ? File.ReadAllBytes(file.FullName) : default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = new("$", "the file cannot be read", "a file that the service may read");
            return default;
        }
    }
}
