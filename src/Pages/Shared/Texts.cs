using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Parking.Pages.Shared;

/// <summary>
/// The texts of one language, by key. They lie in <c>zh.json</c> and <c>en.json</c> in the folders <c>Texts</c> of <c>Shared</c>,
/// <c>Console</c> and <c>Driver</c>: objects in objects, whose names joined by dots are the key. Both languages have the same keys.
/// </summary>
public sealed class Texts
{
    private static readonly string[] Folders = ["Shared", "Console", "Driver"];

    private static readonly FrozenDictionary<string, Texts> All =
        new[] { "zh", "en" }.ToFrozenDictionary(language => language, Read);

    // The block lies in HTML: the encoder escapes what could end it.
    private static readonly JsonSerializerOptions BlockOptions = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly FrozenDictionary<string, string> _byKey;

    private Texts(IReadOnlyDictionary<string, string> byKey) => _byKey = byKey.ToFrozenDictionary();

    /// <summary>The keys.</summary>
    public IEnumerable<string> Keys => _byKey.Keys;

    /// <summary>The text of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    /// <param name="key">The key.</param>
    public string this[string key] =>
        _byKey.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"There is no text '{key}'.");

    /// <summary>The texts of a language.</summary>
    /// <param name="language"><c>zh</c> or <c>en</c>.</param>
    public static Texts In(string language) => All[language];

    /// <summary>Those texts whose keys begin with one of <paramref name="prefixes"/>, as a JSON object for a page's modules.</summary>
    /// <param name="prefixes">First parts of keys, without the dot.</param>
    public string Block(params ReadOnlySpan<string> prefixes)
    {
        var block = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var prefix in prefixes)
        {
            foreach (var (key, text) in _byKey)
            {
                if (key.StartsWith($"{prefix}.", StringComparison.Ordinal))
                {
                    block[key] = text;
                }
            }
        }

        return JsonSerializer.Serialize(block, BlockOptions);
    }

    private static Texts Read(string language)
    {
        var byKey = new Dictionary<string, string>();
        foreach (var folder in Folders)
        {
            using var stream = typeof(Texts).Assembly.GetManifestResourceStream($"{folder}.{language}.json")!;
            using var document = JsonDocument.Parse(stream);
            Add(byKey, "", document.RootElement);
        }

        return new(byKey);
    }

    private static void Add(Dictionary<string, string> byKey, string prefix, JsonElement node)
    {
        foreach (var member in node.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                Add(byKey, $"{prefix}{member.Name}.", member.Value);
            }
            else
            {
                byKey.Add(prefix + member.Name, member.Value.GetString()!);
            }
        }
    }
}
