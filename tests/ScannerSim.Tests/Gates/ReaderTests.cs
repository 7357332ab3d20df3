using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Parking.GateProgram.Sources;
using Parking.ScannerSim.Gates;
using Parking.ScannerSim.Tests.Gates.FakeService;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>Whatever a reader types around a code, and however it ends it, each driver is decided by their own code.</summary>
public sealed class ReaderTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 4, 8, 0);

    private readonly CodeOffice _office = CodeOffice.Open(Now);
    private readonly ReaderFraming _framing = new();

    [Theory]
    [InlineData("", "\r")]
    [InlineData("", "\n")]
    [InlineData("", "\r\n")]
    [InlineData("", "\t")]
    [InlineData("", "\u0004")]
    [InlineData("\u0002", "\u0003")]
    [InlineData("\u0002", "\u0003\r\n")]
    [InlineData("]Q1", "\r")]
    [InlineData("\u0002]Q1", "\u0003")]
    [InlineData("\uFEFF", "\n")]
    [InlineData("ï»¿", "\n")]
    [InlineData("*", "#\r")]
    [InlineData("  ", " \r")]
    public void Codes_WithAnythingAround_ComeOneByOneAndAtOnce(string before, string behind)
    {
        string[] codes = [_office.Mint(Now), _office.Mint(Now), _office.Mint(Now)];
        foreach (var code in codes)
        {
            Assert.Equal([code], Type(before + code + behind));
        }
        Assert.Null(_framing.Pause);
    }

    /// <summary>A reader that puts a character behind which a code may have itself: a code is as long as a code is.</summary>
    [Fact]
    public void Code_WithASuffixOfItsOwnCharacters_IsCutToItsLength()
    {
        var code = _office.Mint(Now);

        Assert.Equal([code], Type($"A1:{code}  A$\r"));
    }

    [Fact]
    public void Code_InLowerCase_IsUnderstood()
    {
        var code = _office.Mint(Now);

        Assert.Equal([code], Type(code.ToLowerInvariant() + "\r"));
    }

    [Theory]
    [InlineData("German")]
    [InlineData("French")]
    public void Code_ThatTheComputerTookForAnotherKeyboards_IsTranslated(string name)
    {
        var typed = name == "German"
            ? "0123456789ABCDEFGHIJKLMNOPQRSTUVWXZY $%(`ß.-Ö" : "à&é\"'(-è_çQBCDEFGHIJKL?NOPARSTUVZXYW 458+):!M";
        for (var driver = 0; driver < 20; driver++)
        {
            var code = _office.Mint(Now);
            var wrong = string.Concat(code.Select(one => typed["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".IndexOf(one)]));

            var found = ReaderText.Find(name == "German" ? WithDeadKeys(wrong) : wrong);

            Assert.Equal((code, name, true), (found.Text, found.Layout.Name, found.IsWhole));
        }
    }

    /// <summary>Half a code, a poster, or the end of a read: none of it is decided together with the next driver's code.</summary>
    [Theory]
    [InlineData("SP1:NCF")]
    [InlineData("https://example.org/poster ")]
    [InlineData("SP1:")]
    [InlineData("\u0000\u001B\u007F\b\b\b")]
    public void Code_BehindTheRestOfABadRead_IsItsOwn(string rest)
    {
        var code = _office.Mint(Now);

        Assert.Equal([code], Type(rest + code + "\r"));
        Assert.Equal([code], Type($"{code[..100]}{code}\r"));
    }

    [Theory]
    [InlineData("https://example.org/Poster")]
    [InlineData("SP1:UNSIGNED")]
    [InlineData("sp1:half")]
    public void Text_ThatIsNoCode_IsShownAsItWasTyped(string text) => Assert.Equal([text], Type($"\u0002 {text}\u0003"));

    [Fact]
    public void EmptyReads_AreNone() => Assert.Empty(Type("\r\n\r\n\t \r\u0002\u0003"));

    [Fact]
    public void Read_ThatIsFarTooLong_StaysTooLongAndTakesNoMemory_AndTheNextOneIsRead()
    {
        var code = _office.Mint(Now);

        var texts = Type(new string('A', 100_000) + "\r" + code + "\r");

        Assert.Equal((2, 7090, code), (texts.Count, texts[0].Length, texts[1]));
    }

    /// <summary>No character of the next driver's code is needed to end this one's.</summary>
    [Fact]
    public async Task Reader_ThatEndsATextWithNothing_EndsItWithAPause()
    {
        var time = new FakeTimeProvider();
        using var input = new TypedInput();
        var codes = new KeyboardLines(_ => { }, time).ReadTextAsync(input, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        foreach (var code in new[] { _office.Mint(Now), _office.Mint(Now) })
        {
            var next = codes.MoveNextAsync().AsTask();
            input.Type(code);
            using var patience = Patience.Start();
            while (!next.IsCompleted)
            {
                patience.Token.ThrowIfCancellationRequested();
                time.Advance(ReaderFraming.PauseAfterCode);
                await Task.Yield();
            }

            Assert.True(await next);
            Assert.Equal(code, codes.Current);
        }
        await codes.DisposeAsync();
    }

    private List<string> Type(string typed) => [.. typed.Select(_framing.Put).OfType<ReaderCode>().Select(code => code.Text)];

    /// <summary>On a German keyboard, plus is a dead key: it joins with the vowel that follows.</summary>
    private static string WithDeadKeys(string typed) => typed
        .Replace("`A", "À", StringComparison.Ordinal).Replace("`E", "È", StringComparison.Ordinal)
        .Replace("`I", "Ì", StringComparison.Ordinal).Replace("`O", "Ò", StringComparison.Ordinal)
        .Replace("`U", "Ù", StringComparison.Ordinal);

    /// <summary>Standard input of a program to which somebody types from time to time.</summary>
    private sealed class TypedInput : TextReader
    {
        private readonly System.Collections.Concurrent.BlockingCollection<string> _typed = [];

        public void Type(string text) => _typed.Add(text);

        public override int Read(char[] buffer, int index, int count)
        {
            var text = _typed.Take();
            text.CopyTo(0, buffer, index, text.Length);
            return text.Length;
        }

        public override int Read(Span<char> buffer)
        {
            var text = _typed.Take();
            text.CopyTo(buffer);
            return text.Length;
        }

        protected override void Dispose(bool disposing)
        {
            _typed.Add("");
            base.Dispose(disposing);
        }
    }
}
