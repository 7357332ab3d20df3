using System.Text;

namespace Parking.Simulation.Traces.Importing;

/// <summary>Reads comma-separated values (RFC 4180): quoted fields may hold separators, quotes and line ends.</summary>
internal sealed class CsvReader(TextReader text, char separator)
{
    private readonly StringBuilder _field = new();
    private int _line = 1;

    /// <summary>The line that the last record began on.</summary>
    public int Line { get; private set; }

    /// <summary>The next record's fields; null at the end. Empty lines are passed over.</summary>
    /// <exception cref="FormatException">A quoted field does not end, or goes on after its end.</exception>
    public IReadOnlyList<string>? Read()
    {
        while (text.Peek() is '\r' or '\n')
        {
            TakeLineEnd();
        }
        if (text.Peek() < 0)
        {
            return null;
        }
        Line = _line;
        var fields = new List<string>();
        while (true)
        {
            fields.Add(text.Peek() == '"' ? TakeQuoted() : TakePlain());
            switch (text.Peek())
            {
                case var next when next == separator:
                    text.Read();
                    break;
                case < 0:
                    return fields;
                default:
                    TakeLineEnd();
                    return fields;
            }
        }
    }

    private string TakePlain()
    {
        _field.Clear();
        while (text.Peek() is var next && next >= 0 && next != separator && next is not ('\r' or '\n'))
        {
            _field.Append((char)text.Read());
        }
        return _field.ToString();
    }

    private string TakeQuoted()
    {
        _field.Clear();
        text.Read();
        while (true)
        {
            switch (text.Read())
            {
                case < 0:
                    throw new FormatException("a quoted field does not end");
                case '"' when text.Peek() == '"':
                    _field.Append((char)text.Read());
                    break;
                case '"' when text.Peek() is var next && (next < 0 || next == separator || next is '\r' or '\n'):
                    return _field.ToString();
                case '"':
                    throw new FormatException("a quoted field goes on after its closing quote");
                case var character:
                    _line += character == '\n' ? 1 : 0;
                    _field.Append((char)character);
                    break;
            }
        }
    }

    private void TakeLineEnd()
    {
        if (text.Read() == '\r' && text.Peek() == '\n')
        {
            text.Read();
        }
        _line++;
    }
}
