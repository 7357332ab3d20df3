using System.Buffers.Binary;
using System.Text;
using NodaTime;
using Parking.Codes;
using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Tests.Gates.Journal;

/// <summary>
/// The files of a gate, byte by byte. docs/formats.md describes them. Later versions must be able to read every file that was ever written.
/// </summary>
public sealed class JournalFormatTests : IDisposable
{
    private const string Id = "9f2c4e1ab03d5577";

    /// <summary>
    /// A header, a seal, and three groups: a scan with its later answers, an act, and an acknowledgement. Each line begins with the head of
    /// a frame or with a record.
    /// </summary>
    private const string Live =
        "34000000f56294100000000000000000"
        + "012f0000000201000000396632633465316162303364353537370100000000000000000000000000000000000000000000000000"
        + "05000000383f39db4400000000000000"
        + "0700000000"
        + "b8000000e9ac6c1b5900000000000000"
        + "026700000001000000000000007b2274797065223a227363616e222c22636f6465223a225350313a414243222c22736571223a312c22646576696365"
        + "54696d65223a22323032362d30352d30345430383a30303a30305a222c22636c6f636b4f6666736574223a2d3132307d"
        + "030c000000010000000000000005000000"
        + "041000000001000000000000000100000001000000"
        + "0621000000005000f29d010000014be1c6f0a7d94f0f8f2c1a5d3e6b7a90603a01f29d010000"
        + "72000000d329002d2101000000000000"
        + "026d00000002000000000000007b2274797065223a22616374222c22616374223a22706173736564222c227363616e223a312c22736571223a322c22"
        + "64657669636554696d65223a22323032362d30352d30345430383a30303a30395a222c22636c6f636b4f6666736574223a2d3132307d"
        + "1d0000007b8b3c43a301000000000000"
        + "05180000000200000000000000005000f29d0100003566306132316337";

    /// <summary>The live file after the acknowledged events were moved to the archive.</summary>
    private const string LiveAfter =
        "77000000f1f0995d0000000000000000"
        + "012f000000020100000039663263346531616230336435353737030000000000000088ffffffffffffff00000000000000000000"
        + "05180000000200000000000000005000f29d0100003566306132316337"
        + "0621000000005000f29d010000014be1c6f0a7d94f0f8f2c1a5d3e6b7a90603a01f29d010000"
        + "0500000083e8ab9e8700000000000000"
        + "0700000000";

    /// <summary>The archive: the scan without its code, and the act.</summary>
    private const string Archive =
        "34000000f56294100000000000000000"
        + "012f0000000201000000396632633465316162303364353537370100000000000000000000000000000000000000000000000000"
        + "05010000655c9fab4400000000000000"
        + "027900000001000000000000007b2274797065223a227363616e222c22636f6465223a22222c226c6f63616c223a226f70656e65645f6f66666c696e"
        + "65222c22736571223a312c2264657669636554696d65223a22323032362d30352d30345430383a30303a30305a222c22636c6f636b4f666673657422"
        + "3a2d3132307d"
        + "026d00000002000000000000007b2274797065223a22616374222c22616374223a22706173736564222c227363616e223a312c22736571223a322c22"
        + "64657669636554696d65223a22323032362d30352d30345430383a30303a30395a222c22636c6f636b4f6666736574223a2d3132307d"
        + "05100000000200000000000000005000f29d010000";

    private static readonly string Feed = """
        {"eTag":"\u0022v1\u0022","feed":{"facility":"hsp","state":"open","keys":{"keys":[]},"revokedKeys":["f87114bc"],
        "skewSeconds":30,"offline":{"policy":"open","openingsPerHour":120},
        "answerBudgetMilliseconds":800,"heartbeatSeconds":10,"keepEventsHours":168}}
        """.ReplaceLineEndings("");

    private const string Revocations =
        """{"epoch":"5f0a21c7","through":42,"expiries":{"9f2c4e1ab03d5577":"2026-05-11T09:00:00Z"},"sum":"7d525d58"}""";

    private static readonly Instant Now = Instant.FromUtc(2026, 5, 4, 8, 0);

    private static readonly CodeId Code = CodeId.Parse("4be1c6f0a7d94f0f8f2c1a5d3e6b7a90");

    private static readonly StoredAnswer Answer = new(1, GateDecision.Open, ScanReason.Entered, null);

    private readonly TempFolder _disk = new();

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void Live_EveryKindOfRecord_IsWrittenAsBefore()
    {
        using (var journal = Open())
        {
            Fill(journal);
        }

        Assert.Equal(Live, HexOf("live.log"));
    }

    [Fact]
    public void Live_AsItWasWritten_IsReadBack()
    {
        Put("live.log", Convert.FromHexString(Live));

        using var journal = Open();

        Assert.Equal((Id, 2, 2), (journal.Id, journal.LastSeq, journal.AcknowledgedThrough));
        Assert.Equal(new Acknowledgement("5f0a21c7", 2, Now), journal.Acknowledged);
        Assert.Null(journal.Standing);
        Assert.Equal([new Opening(Now, true, Code, Now + Duration.FromMinutes(1))], journal.Openings.All);
        Assert.Equal(
            [Scan with { Local = ScanReason.OpenedOffline }, Passed],
            journal.Read(1, 2, 10, 10_000).Select(stored => stored.Deserialize()));
    }

    [Fact]
    public void Archive_OfWhatIsAcknowledged_IsWrittenAsBefore_AndReadBack()
    {
        Put("live.log", Convert.FromHexString(Live));
        using (var journal = Open())
        {
            journal.Compact(Now, Duration.FromDays(8));
        }

        Assert.Equal(Archive, HexOf("archive-0001-000001.log"));
        Assert.Equal(LiveAfter, HexOf("live.log"));
        using var again = Open();
        Assert.Equal(
            [Scan with { Code = "", Local = ScanReason.OpenedOffline }, Passed],
            again.Read(1, 2, 10, 10_000).Select(stored => stored.Deserialize()));
    }

    [Fact]
    public void Answer_WithADecisionToken_IsReadBackAndWrittenAsBefore()
    {
        var writer = new RecordWriter();
        writer.Add(Answer with { DecisionToken = "AWJ5" });

        Assert.Equal("0414000000" + "0100000000000000" + "01000000" + "01000000" + "41574a35", Convert.ToHexStringLower(writer.Body));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Live_OfAnotherFormat_IsRefusedAndSaysWhichIsRead(byte format)
    {
        Put("live.log", WithFormat(Live, format));

        Assert.StartsWith(Refusal(format), Assert.Throws<IOException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Archive_OfAnotherFormat_IsRefusedAndSaysWhichIsRead()
    {
        Put("live.log", Convert.FromHexString(LiveAfter));
        Put("archive-0001-000001.log", WithFormat(Archive, 1));

        Assert.StartsWith(Refusal(1), Assert.Throws<IOException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Feed_IsWrittenAsBefore_AndReadBack_AndOneThatCannotBeReadIsNone()
    {
        var cache = new FeedCache(new DiskFolder(_disk.Path));
        Put("feed.json", Encoding.UTF8.GetBytes(Feed));

        var feed = cache.Load()!;
        cache.Store(feed);

        Assert.Equal(("\"v1\"", "hsp", FacilityState.Open), (feed.ETag, feed.Feed.Facility, feed.Feed.State));
        Assert.Equal(Feed, File.ReadAllText(_disk.PathOf("feed.json")));
        Put("feed.json", "[]"u8);
        Assert.Null(cache.Load());
    }

    [Fact]
    public void Revocations_AreWrittenAsBefore_AndReadBack_AndOnesThatAreDamagedAreNone()
    {
        var folder = new DiskFolder(_disk.Path);
        var list = new RevokedCertificates(folder, folder);
        Assert.True(list.LackUpTo("5f0a21c7", 42));
        list.Take(new()
        {
            Epoch = "5f0a21c7",
            Entries = [new() { Number = 42, Digest = "9f2c4e1ab03d5577", ExpiresAt = Instant.FromUtc(2026, 5, 11, 9, 0) }],
            Newest = 42,
        });
        Assert.Null(list.Store(Instant.FromUtc(2026, 5, 4, 9, 0)));

        Assert.Equal(Revocations, File.ReadAllText(_disk.PathOf("revocations.json")));
        Assert.False(new RevokedCertificates(folder, folder).LackUpTo("5f0a21c7", 42));
        Put("revocations.json", Encoding.UTF8.GetBytes(Revocations.Replace("9f2c", "9f2d", StringComparison.Ordinal)));
        Assert.True(new RevokedCertificates(folder, folder).LackUpTo("5f0a21c7", 42));
    }

    [Fact]
    public void Owner_IsWrittenAsBefore_AndReadBack_AndOneThatIsDamagedIsNone()
    {
        var folder = new DiskFolder(_disk.Path);
        JournalOwner.Claim(folder, "hsp-in-1");

        Assert.Equal("hsp-in-1 12ba23ce", File.ReadAllText(_disk.PathOf("gate.txt")));
        JournalOwner.Claim(folder, "hsp-in-1");
        Assert.Throws<GateMismatchException>(() => JournalOwner.Claim(folder, "hsp-in-2"));
        Put("gate.txt", "hsp-in-3 12ba23ce"u8);
        JournalOwner.Claim(folder, "hsp-in-2");
        Assert.StartsWith("hsp-in-2 ", File.ReadAllText(_disk.PathOf("gate.txt")), StringComparison.Ordinal);
    }

    private static string Refusal(byte format) => $"The journal has format {format}; this version of the gate program reads 2. ";

    /// <summary>
    /// Changes the format number in the header. The header's record begins the first frame: kind, length, then the format. The checksum is
    /// computed again.
    /// </summary>
    private static byte[] WithFormat(string file, byte format)
    {
        var bytes = Convert.FromHexString(file);
        bytes[FrameFile.HeaderSize + RecordWriter.PrefixSize] = format;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Checksum.Compute(bytes.AsSpan(8, 8 + length)));
        return bytes;
    }

    private static ReportedScan Scan { get; } = new() { Seq = 1, DeviceTime = Now, ClockOffset = -120, Code = "SP1:ABC" };

    private static ReportedAct Passed { get; } =
        new() { Seq = 2, DeviceTime = Now + Duration.FromSeconds(9), ClockOffset = -120, Act = BarrierAct.Passed, Scan = 1 };

    private static void Fill(GateJournal journal)
    {
        journal.Append(new JournalGroup
        {
            Events = [Scan],
            Local = new(1, ScanReason.OpenedOffline),
            Answer = Answer,
            Opening = new(Now, true, Code, Now + Duration.FromMinutes(1)),
        });
        journal.Append(new JournalGroup { Events = [Passed] });
        journal.Acknowledge(new("5f0a21c7", 2, Now));
    }

    private GateJournal Open() => GateJournal.Open(new DiskFolder(_disk.Path), () => Id);

    private void Put(string name, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(_disk.PathOf(name), bytes);

    private string HexOf(string name) => Convert.ToHexStringLower(File.ReadAllBytes(_disk.PathOf(name)));
}
