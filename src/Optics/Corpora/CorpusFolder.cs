using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parking.Optics.Images;
using Parking.QrReader;

namespace Parking.Optics.Corpora;

/// <summary>
/// A folder of pictures with their expected texts. Next to each picture, <c>N.txt</c> holds the text in UTF-8, or <c>N.bin</c> the bytes in
/// Latin-1. <c>N.json</c> holds the other known facts. If there is only <c>N.json</c> and it names no text, the picture has no symbol.
/// Pictures without any of these files are ignored.
/// </summary>
internal static class CorpusFolder
{
    private static readonly string[] PictureExtensions = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"];

    /// <summary>Lists the folder's frames in the order of their numbers.</summary>
    /// <exception cref="InvalidDataException">The folder does not exist, or it has no picture with a text.</exception>
    public static IReadOnlyList<PlannedFrame> Plan(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidDataException($"{folder}: there is no such folder.");
        }
        var pictures = Directory.GetFiles(folder)
            .Where(static path => PictureExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) && HasTruth(path))
            .OrderBy(static path => int.TryParse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture, out var number)
                ? number
                : int.MaxValue)
            .ThenBy(static path => path, StringComparer.Ordinal);
        PlannedFrame[] frames = [.. pictures.Select(static path => new PlannedFrame(() => Load(path)))];
        return frames.Length > 0
            ? frames
            : throw new InvalidDataException($"{folder}: there is no picture with a text file, such as 1.png with 1.txt.");
    }

    /// <summary>Writes a frame as <c>N.png</c> and <c>N.json</c>, and as <c>N.txt</c> if it has a symbol.</summary>
    public static void Save(TrueFrame frame, string folder, int number)
    {
        var path = Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
        frame.Picture.SavePng(path + ".png");
        // Remove the text of an older frame with the same number: the new frame may have none.
        File.Delete(path + ".txt");
        File.Delete(path + ".bin");
        if (frame.Text is { } text)
        {
            File.WriteAllBytes(path + ".txt", Encoding.UTF8.GetBytes(text));
        }
        var truth = new SavedTruth
        {
            Kind = frame.Kind,
            Index = frame.Index,
            Seed = frame.Seed,
            Text = frame.Text,
            Corners = frame.Corners,
            Turned = frame.Turned,
        };
        File.WriteAllText(path + ".json", JsonSerializer.Serialize(truth, SavedTruthJsonContext.Default.SavedTruth));
    }

    private static bool HasTruth(string picture) =>
        File.Exists(Beside(picture, ".txt")) || File.Exists(Beside(picture, ".bin")) || File.Exists(Beside(picture, ".json"));

    private static string Beside(string picture, string extension) => Path.ChangeExtension(picture, extension);

    private static TrueFrame Load(string path)
    {
        var truth = LoadTruth(Beside(path, ".json"));
        var text = File.Exists(Beside(path, ".txt")) ? Encoding.UTF8.GetString(File.ReadAllBytes(Beside(path, ".txt")))
            : File.Exists(Beside(path, ".bin")) ? Encoding.Latin1.GetString(File.ReadAllBytes(Beside(path, ".bin")))
            : truth?.Text;
        return new TrueFrame
        {
            Kind = truth?.Kind ?? Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)))!,
            Index = truth?.Index ?? Path.GetFileNameWithoutExtension(path),
            Seed = truth?.Seed,
            Text = text,
            Picture = PictureFile.Load(path),
            Corners = truth?.Corners,
            Turned = truth?.Turned ?? 0,
        };
    }

    private static SavedTruth? LoadTruth(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), SavedTruthJsonContext.Default.SavedTruth) : null;
        }
        catch (JsonException error)
        {
            throw new PictureFileException($"{path}: {error.Message}", error);
        }
    }
}

/// <summary>The content of <c>N.json</c>.</summary>
internal sealed record SavedTruth
{
    public required string Kind { get; init; }

    public required string Index { get; init; }

    public long? Seed { get; init; }

    /// <summary>The symbol's text, as in <c>N.txt</c>; null if there is no symbol.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// The symbol's corners in pixels, without the quiet zone: top left, top right, bottom right, bottom left of the upright symbol.
    /// </summary>
    public ImmutableArray<FramePoint>? Corners { get; init; }

    public int Turned { get; init; }
}

/// <summary>JSON in camelCase, indented.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SavedTruth))]
internal sealed partial class SavedTruthJsonContext : JsonSerializerContext;
