using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Simulation.Traces;

/// <summary>Writes a trace line by line, in the form that <see cref="TraceReader"/> reads.</summary>
internal sealed class TraceWriter : IDisposable
{
    private const int FlushAt = 128 * 1024, TimeLength = 24;

    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt + 4096);
    private readonly Utf8JsonWriter _json;
    private Instant _latest;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Receives the trace; the caller closes it.</param>
    /// <param name="header">The first line.</param>
    public TraceWriter(Stream stream, TraceHeader header)
    {
        _stream = stream;
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = Encoder });
        _latest = header.Starts;
        WriteHeader(header);
        EndLine();
    }

    /// <summary>Does not escape Chinese characters: traces are read by people and tools, not embedded in web pages.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Writes one line. Fractions of a millisecond are cut off.</summary>
    /// <exception cref="ArgumentException">The event is earlier than the line before it.</exception>
    public void Write(TraceEvent next)
    {
        if (next.At < _latest)
        {
            throw new ArgumentException("A trace is in order of time.", nameof(next));
        }
        _latest = next.At;
        _json.WriteStartObject();
        WriteTime("at"u8, next.At);
        _json.WriteString("gate"u8, next.Gate);
        WriteContent(next);
        _json.WriteEndObject();
        EndLine();
    }

    /// <summary>Writes all buffered bytes to the stream.</summary>
    public void Flush()
    {
        _stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        _stream.Flush();
    }

    /// <summary>Writes all buffered bytes to the stream, which stays open.</summary>
    public void Dispose()
    {
        Flush();
        _json.Dispose();
    }

    private void WriteHeader(TraceHeader header)
    {
        _json.WriteStartObject();
        _json.WriteNumber("trace"u8, TraceFormat.Version);
        _json.WriteString("source"u8, header.Source);
        WriteNumber("seed"u8, header.Seed);
        WriteTime("starts"u8, header.Starts);
        if (header.Ends is { } ends)
        {
            WriteTime("ends"u8, ends);
        }
        WriteNumber("events"u8, header.Events);
        WriteNumber("scans"u8, header.Scans);
        _json.WritePropertyName("city"u8);
        header.City.Document.WriteTo(_json);
        if (header.City.Files.Count > 0)
        {
            _json.WriteStartObject("files"u8);
            foreach (var (name, content) in header.City.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                _json.WritePropertyName(name);
                content.WriteTo(_json);
            }
            _json.WriteEndObject();
        }
        _json.WriteEndObject();
    }

    private void WriteContent(TraceEvent next)
    {
        switch (next)
        {
            case TraceScan scan:
                _json.WriteString("type"u8, "scan"u8);
                WriteScan(scan);
                break;
            case TraceIncident incident:
                _json.WriteString("type"u8, WireNames<GateIncident>.Of(incident.Incident));
                break;
            case TraceOpenedByHand opened:
                _json.WriteString("type"u8, "opened_by_hand"u8);
                _json.WriteString("reason"u8, opened.Reason);
                WriteText("driver"u8, opened.Driver);
                break;
            case TraceInventory inventory:
                _json.WriteString("type"u8, "inventory"u8);
                WriteInventory(inventory);
                break;
            default:
                throw new UnreachableException($"{next.GetType().Name} has no line.");
        }
    }

    private void WriteScan(TraceScan scan)
    {
        _json.WriteString("driver"u8, scan.Driver);
        if (scan.Vehicle is { } vehicle)
        {
            _json.WriteStartObject("vehicle"u8);
            _json.WriteString("plate"u8, vehicle.Plate);
            _json.WriteString("class"u8, WireNames<Phones.VehicleClass>.Of(vehicle.Class));
            _json.WriteEndObject();
        }
        if (scan.Show != ShownCode.Valid)
        {
            _json.WriteString("show"u8, WireNames<ShownCode>.Of(scan.Show));
        }
        if (scan.Signer != CodeSigner.Service)
        {
            _json.WriteString("signer"u8, WireNames<CodeSigner>.Of(scan.Signer));
        }
        WriteText("code"u8, scan.Code);
        if (scan.Then != VehicleMove.Passed)
        {
            _json.WriteString("then"u8, WireNames<VehicleMove>.Of(scan.Then));
        }
        if (scan.Expect is { } expect)
        {
            _json.WriteString("expect"u8, WireNames<ScanReason>.Of(expect));
        }
    }

    private void WriteInventory(TraceInventory inventory)
    {
        if (inventory.Closes.Count > 0)
        {
            _json.WriteStartArray("closes"u8);
            foreach (var driver in inventory.Closes)
            {
                _json.WriteStringValue(driver);
            }
            _json.WriteEndArray();
        }
        WriteNumber("count"u8, inventory.Count);
    }

    private void WriteText(ReadOnlySpan<byte> member, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(member, value);
        }
    }

    private void WriteNumber(ReadOnlySpan<byte> member, long? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(member, number);
        }
    }

    private void WriteTime(ReadOnlySpan<byte> member, Instant at)
    {
        // The round-trip format is the fastest. Its seven decimals are cut to three.
        Span<byte> text = stackalloc byte[32];
        at.ToDateTimeUtc().TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[TimeLength - 1] = (byte)'Z';
        _json.WriteString(member, text[..TimeLength]);
    }

    private void EndLine()
    {
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushAt)
        {
            _stream.Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
        }
    }
}
