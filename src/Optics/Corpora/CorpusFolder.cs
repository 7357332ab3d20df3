using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parking.Optics.Images;
using Parking.QrReader;

namespace Parking.Optics.Corpora;

/// <summary>
/// A folder of pictures with the truth beside each: <c>N.txt</c> holds the text (UTF-8, byte for byte), or <c>N.bin</c> the bytes
/// (Latin-1), and <c>N.json</c> what else is known. <c>N.json</c> alone, without a text, says that there is no symbol. Pictures without any
/// of them are left out.
/// </summary>
internal static class CorpusFolder
{
    private static readonly string[] PictureExtensions = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"];

    /// <summary>The folder's frames, in the order of their numbers.</summary>
    /// <exception cref="InvalidDataException">There is no such folder, or nothing to read in it.</exception>
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
            : throw new InvalidDataException($"{folder}: no picture with its text beside it, such as 1.png with 1.txt.");
    }

    /// <summary>Writes a frame as <c>N.png</c> with <c>N.json</c> and, where there is a symbol, <c>N.txt</c>.</summary>
    public static void Save(TrueFrame frame, string folder, int number)
    {
        var path = Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
        frame.Picture.SavePng(path + ".png");
        // What an older frame of that number said must not speak for this one.
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

/// <summary>What lies beside a saved picture as <c>N.json</c>.</summary>
internal sealed record SavedTruth
{
    public required string Kind { get; init; }

    public required string Index { get; init; }

    public long? Seed { get; init; }

    /// <summary>The symbol's text, as in <c>N.txt</c>; null where there is no symbol.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// The symbol's corners in pixels without the quiet zone: top left, top right, bottom right, bottom left as it stands upright.
    /// </summary>
    public ImmutableArray<FramePoint>? Corners { get; init; }

    public int Turned { get; init; }
}

/// <summary>How it is written: camelCase, indented.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SavedTruth))]
internal sealed partial class SavedTruthJsonContext : JsonSerializerContext;
