using System.Buffers;
using Parking.Tariffs.Documents;

namespace Parking.Facilities;

/// <summary>The folder of the city file, in which the files that it names lie.</summary>
internal sealed class CityFolder(string cityFile)
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(cityFile))!;

    /// <summary>A file's name, as a node of the city file gives it; null if it is none, which is noted then.</summary>
    public static string? ReadName(DocumentNode node, string expected)
    {
        if (node.Text(expected) is not { } name)
        {
            return null;
        }

        // One way only to write a name: so no name leads out of the folder on any system, and equal names are equal files.
        if (name.Split('/').All(part => part is not ("" or "." or "..") && !part.AsSpan().ContainsAnyExcept(NameCharacters)))
        {
            return name;
        }

        node.Reject("the file name is not well-formed", $"{expected}: below the city file's folder, of letters, digits, -, _ and ., with / between folders");
        return null;
    }

    /// <summary>The file's content.</summary>
    /// <param name="name">What <see cref="ReadName"/> read.</param>
    /// <param name="maxBytes">A larger file is not read.</param>
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
