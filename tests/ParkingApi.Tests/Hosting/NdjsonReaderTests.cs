using System.IO.Pipelines;
using System.Text;
using CsCheck;
using Parking.Api.Hosting.Ndjson;

namespace Parking.Api.Tests.Hosting;

public sealed class NdjsonReaderTests
{
    private const string TooLong = "<too long>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "")]
    [InlineData("\n\n \r\n\t\n", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\nb", "a|b")]
    [InlineData("a\r\n\r\nb\r\n", "a\r|b\r")]
    [InlineData("12345678\n", "12345678")]
    [InlineData("123456789\nb\n", TooLong + "|b")]
    [InlineData("123456789", TooLong)]
    [InlineData("123456789\n123456789\nc", TooLong + "|" + TooLong + "|c")]
    [InlineData("         \nb\n", TooLong + "|b")]
    public async Task Lines_OfABody_AreThoseWithSomethingOnThem(string body, string lines)
    {
        Assert.Equal(lines, string.Join('|', await ReadAsync([body])));
        Assert.Equal(lines, string.Join('|', await ReadAsync(body.Select(c => c.ToString()))));
    }

    [Fact]
    public Task Lines_OfAnyBodyInAnyPieces_AreThoseOfTheWhole() =>
        Gen.Select(Gen.String[Gen.Char["ab\n"], 0, 60], Gen.Int[1, 7]).SampleCasesAsync(
            Depth.Cases,
            async (body, size) => Assert.Equal(
                body.Split('\n').Where(line => line.Length > 0).Select(line => line.Length > 8 ? TooLong : line),
                await ReadAsync(body.Chunk(size).Select(chunk => new string(chunk)))));

    /// <summary>After the answer the server reads what is left of the body, and would find it still in use.</summary>
    [Fact]
    public async Task Body_AfterItsEnd_IsReleased()
    {
        var pipe = new Pipe();
        var reader = new NdjsonReader(pipe.Reader);
        await pipe.Writer.WriteAsync("a\n"u8.ToArray(), Cancellation);
        await pipe.Writer.CompleteAsync();
        while (await reader.FillAsync(Cancellation))
        {
            Assert.True(reader.TryRead(8, out _));
        }

        Assert.True((await pipe.Reader.ReadAsync(Cancellation)).IsCompleted);
    }

    [Fact]
    public async Task Line_ThatIsThere_IsReadBeforeMoreComes()
    {
        var pipe = new Pipe();
        var reader = new NdjsonReader(pipe.Reader);
        await pipe.Writer.WriteAsync("a\nb"u8.ToArray(), Cancellation);

        Assert.True(await reader.FillAsync(Cancellation));

        Assert.True(reader.TryRead(8, out var line));
        Assert.Equal("a", TextOf(line));
        Assert.False(reader.TryRead(8, out _));
    }

    [Fact]
    public async Task Line_TooLong_IsKnownBeforeItsEndAndNotKept()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 64, resumeWriterThreshold: 63));
        var reader = new NdjsonReader(pipe.Reader);
        await pipe.Writer.WriteAsync("0123456789"u8.ToArray(), Cancellation);
        await reader.FillAsync(Cancellation);

        Assert.True(reader.TryRead(8, out var line));
        Assert.True(line.IsTooLong);

        // A hundred times what the pipe holds: it flows only if nothing of it is kept.
        for (var i = 0; i < 200; i++)
        {
            var write = pipe.Writer.WriteAsync(new byte[32], Cancellation);
            Assert.False(reader.TryRead(8, out _));
            Assert.True(await reader.FillAsync(Cancellation));
            Assert.False(reader.TryRead(8, out _));
            await write.AsTask().WaitAsync(Patience.Limit, Cancellation);
        }
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(IEnumerable<string> pieces)
    {
        var pipe = new Pipe();
        var reader = new NdjsonReader(pipe.Reader);
        var lines = new List<string>();
        foreach (var piece in pieces.Where(piece => piece.Length > 0))
        {
            await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(piece), Cancellation);
            await reader.FillAsync(Cancellation);
            Drain();
        }

        await pipe.Writer.CompleteAsync();
        while (await reader.FillAsync(Cancellation))
        {
            Drain();
        }

        return lines;

        void Drain()
        {
            while (reader.TryRead(8, out var line))
            {
                lines.Add(line.IsTooLong ? TooLong : TextOf(line));
            }
        }
    }

    private static string TextOf(NdjsonLine line) => Encoding.UTF8.GetString(line.Bytes);
}
