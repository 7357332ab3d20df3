using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>Builds HTML from interpolated strings. The literal parts are markup; the inserted values are text and are escaped.</summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _markup = new();

    /// <param name="markup">The handler has already written it when this is called.</param>
    public HtmlBuilder Add([InterpolatedStringHandlerArgument("")] Markup markup)
    {
        _ = markup;
        return this;
    }

    /// <inheritdoc cref="Add"/>
    public HtmlBuilder AddLine([InterpolatedStringHandlerArgument("")] Markup markup)
    {
        _ = markup;
        _markup.Append('\n');
        return this;
    }

    /// <summary>Adds markup that is a constant of this program.</summary>
    public HtmlBuilder AddRaw(string markup)
    {
        _markup.Append(markup);
        return this;
    }

    /// <summary>A heading in both languages.</summary>
    public HtmlBuilder AddHeading(string zh, string en) => AddLine($"<h2>{zh} <span lang=\"en\">{en}</span></h2>");

    public override string ToString() => _markup.ToString();

    /// <summary>Appends escaped text, for elements and attributes. Characters that are not allowed in XML become U+FFFD.</summary>
    private void AppendText(ReadOnlySpan<char> text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (index + 1 < text.Length && char.IsSurrogatePair(character, text[index + 1]))
            {
                _markup.Append(text.Slice(index++, 2));
                continue;
            }
            _ = character switch
            {
                '&' => _markup.Append("&amp;"),
                '<' => _markup.Append("&lt;"),
                '>' => _markup.Append("&gt;"),
                '"' => _markup.Append("&quot;"),
                '\'' => _markup.Append("&#39;"),
                _ => _markup.Append(XmlConvert.IsXmlChar(character) ? character : '\uFFFD'),
            };
        }
    }

    /// <summary>Writes an interpolated string to the builder.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Markup
    {
        public Markup(int literalLength, int formattedCount, HtmlBuilder target)
        {
            target._markup.EnsureCapacity(target._markup.Length + literalLength + formattedCount);
            Target = target;
        }

        public HtmlBuilder Target { get; }

        public void AppendLiteral(string markup) => Target._markup.Append(markup);

        public void AppendFormatted(string? text) => Target.AppendText(text);

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable => Target.AppendText(value.ToString(format, CultureInfo.InvariantCulture));
    }
}
