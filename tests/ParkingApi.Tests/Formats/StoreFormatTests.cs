using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Parking.Api.Hosting.Identity;
using Parking.Api.Tests.Stays;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Rights;
using Parking.Stores.Lives;
using Parking.Stores.Redis;
using Parking.Stores.Sqlite;
using StackExchange.Redis;

namespace Parking.Api.Tests.Formats;

/// <summary>Keys, values and tables of the two stores. docs/formats.md lists them.</summary>
public class StoreFormatTests
{
    private static readonly FacilityId Facility = new("hsp");
    private static readonly GateId Gate = new("hsp-in-1");
    private static readonly JournalId Journal = new(0x9f2c4e1ab03d5577);
    private static readonly GateEventId Id = new(Gate, Journal, 130);
    private static readonly HolderId Holder = new(0x8000_0000_0000_0001);

    [Fact]
    public void RedisKeys_AreAsBefore()
    {
        Assert.Equal(
            [
                "{p:1}:t:8000000000000001",
                "{p:1}:v:8000000000000001",
                "{p:1}:d:8000000000000001",
                "{p:1}:out",
                "{p:1}:arc",
                "{p:1}:arc:last",
                "citizen:00ff",
                "withdrawn:00ff",
                "{f:hsp}:places",
                "{f:hsp}:pending",
                "{f:hsp}:mark:hsp-in-1:9f2c4e1ab03d5577",
                "{f:hsp}:mark:hsp-in-1:9f2c4e1ab03d5577:ahead",
                "{f:hsp}:ans:hsp-in-1:9f2c4e1ab03d5577:2",
                "{f:hsp}:watch",
                "{f:hsp}:log",
                "{f:hsp}:cmd:01JTCWB2X0S3K7N5Q8V1R4T6YZ",
                "{f:hsp}:waiting:hsp-in-1",
                "{f:hsp}:unchained",
                "simulation",
                "page-keys",
                "screens",
                "{revoked}:certificates",
                "{revoked}:ends",
                "{revoked}:newest",
                "audit-head",
                "about",
                "shard:{12}",
            ],
            new[]
            {
                StoreKeys.Timeline(Holder),
                StoreKeys.VehicleAccount(Holder),
                StoreKeys.Devices(Holder),
                StoreKeys.Outgoing(StoreKeys.PartitionOf(Holder)),
                StoreKeys.Archive(StoreKeys.PartitionOf(Holder)),
                StoreKeys.Archived(StoreKeys.PartitionOf(Holder)),
                StoreKeys.Citizen(new("00ff")),
                StoreKeys.Withdrawal(new("00ff")),
                StoreKeys.Spaces(Facility),
                StoreKeys.Pending(Facility),
                StoreKeys.Mark(Facility, Gate, Journal),
                StoreKeys.Ahead(Facility, Gate, Journal),
                StoreKeys.Answers(Facility, Id),
                StoreKeys.Watch(Facility),
                StoreKeys.Log(Facility),
                StoreKeys.Command(Facility, CommandId.Parse("01JTCWB2X0S3K7N5Q8V1R4T6YZ")),
                StoreKeys.Waiting(Facility, Gate),
                StoreKeys.Unchained(Facility),
                StoreKeys.Simulation,
                StoreKeys.PageKeys,
                StoreKeys.Screens,
                StoreKeys.Revoked,
                StoreKeys.RevokedEnds,
                StoreKeys.RevokedNewest,
                StoreKeys.AuditHead,
                StoreKeys.About,
                StoreKeys.Shard(12),
            }.Select(key => key.ToString()));
        Assert.Equal(Holder, StoreKeys.HolderOf(StoreKeys.Timeline(Holder)));
        Assert.Equal((256, 64), (StoreKeys.Partitions, StoreKeys.AnswersPerBucket));
        Assert.Equal(
            ('/', "/closed", "/changes", "/seen"),
            (StoreKeys.BeatSuffix, StoreKeys.ClosedField, StoreKeys.ChangesField, StoreKeys.SeenSuffix));
        Assert.Equal("{f:hsp}:commands", StoreKeys.CommandsChanged(Facility).ToString());
    }

    [Fact]
    public void RedisValues_AreAsBefore_AndReadBack()
    {
        var outgoing = new OutgoingEntry(Holder, 3);
        var pending = new PendingEvent(Id, Holder, new(0x0123456789abcdef), Traffic.Start);
        var heard = new HeardGate(Gate, Traffic.Start, new(Journal, 13, 12));
        var fields = RedisBytes.FieldsOf(heard);

        Assert.Equal("80000000000000010000000000000003", Convert.ToHexStringLower(RedisBytes.Of(outgoing)));
        Assert.Equal(outgoing, RedisBytes.ReadOutgoing(RedisBytes.Of(outgoing)));
        Assert.Equal("00000000000000030000000000000004", Convert.ToHexStringLower(RedisBytes.Of(new ArchiveBatch(3, 4))));
        Assert.Equal(new ArchiveBatch(3, 4), RedisBytes.ReadBatch(RedisBytes.Of(new ArchiveBatch(3, 4))));
        var revoked = new CertificateMark(0x8123456789abcdef, Instant.FromUnixTimeSeconds(0x6A000000));
        Assert.Equal("8123456789abcdef" + "000000006a000000", Convert.ToHexStringLower(RedisBytes.Of(revoked)));
        Assert.Equal(revoked, RedisBytes.ReadRevoked(RedisBytes.Of(revoked)));
        Assert.Equal("0123456789abcdef" + "8000000000000001" + "003fca0af87a0000", Convert.ToHexStringLower(RedisBytes.Of(pending)));
        Assert.Equal(pending, RedisBytes.ReadPending(new(EventIdBytes.Of(Id), RedisBytes.Of(pending))));
        Assert.Equal(["hsp-in-1", "hsp-in-1/"], fields.Select(field => field.Name.ToString()));
        Assert.Equal(
            ["000001a20c91a000", "9f2c4e1ab03d5577" + "000000000000000d" + "000000000000000c"],
            fields.Select(field => Convert.ToHexStringLower((byte[])field.Value!)));
        Assert.Equal(heard, Assert.Single(RedisBytes.ReadHeard(
            [.. fields, new HashEntry(StoreKeys.ClosedField, ""), new HashEntry(StoreKeys.ChangesField, 3)])));

        var positioned = new HeardGate(Gate, Traffic.Start, new(Journal, 13, 12, BarrierPosition.HeldOpen));
        var positionedFields = RedisBytes.FieldsOf(positioned);
        Assert.Equal(
            "9f2c4e1ab03d5577" + "000000000000000d" + "000000000000000c" + "03",
            Convert.ToHexStringLower((byte[])positionedFields[1].Value!));
        Assert.Equal(positioned, Assert.Single(RedisBytes.ReadHeard(positionedFields)));

        foreach (var (citizen, written) in new[]
        {
            (new CitizenHolder(Holder), "8000000000000001"), (new(Holder, new(2)), "8000000000000001" + "0000000000000002"),
        })
        {
            Assert.Equal(written, Convert.ToHexStringLower(RedisBytes.Of(citizen)));
            Assert.Equal(citizen, RedisBytes.ReadCitizen(RedisBytes.Of(citizen)));
        }

        var (version, content) = RedisBytes.ReadVersioned(Convert.FromHexString("0000000000000007" + "8201"));
        Assert.Equal((7, "8201"), (version, Convert.ToHexStringLower(content.Span)));
        Assert.Equal(RedisValue.EmptyString, RedisBytes.VersionOrNone(0));
        Assert.Equal("0000000000000007", Convert.ToHexStringLower((byte[])RedisBytes.VersionOrNone(7)!));
        var answer = RedisBytes.ReadAnswer(Convert.FromHexString("0123456789abcdef" + "626e6f"))!.Value;
        Assert.Equal((0x0123456789abcdefUL, "626e6f"), (answer.Content.Value, Convert.ToHexStringLower(answer.Answer.Span)));
    }

    [Fact]
    public void LifeRecord_IsWrittenAsBefore_AndReadBack()
    {
        var record = new LifeRecord(
            new([
                new("5f0a21c7", Traffic.Start, StoreEpoch.Everything),
                new("00c0ffee", Traffic.Start + Duration.FromHours(2), Traffic.Start + Duration.FromHours(1)),
            ]),
            [new("shard:{0}", "0123456789abcdef", "9f2c4e1ab03d5577")]);
        const string Json =
            """{"v":1,"epochs":[{"name":"5f0a21c7","beganAt":1795507200000,"resendFrom":0},"""
            + """{"name":"00c0ffee","beganAt":1795514400000,"resendFrom":1795510800000}],"""
            + "\"shards\":[{\"key\":\"shard:{0}\",\"identity\":\"0123456789abcdef\",\"process\":\"9f2c4e1ab03d5577\"}]}";

        Assert.Equal(Json, LifeRecordJson.Write(record));
        var read = LifeRecordJson.Read(Json);
        Assert.Equal(record.Life.Epochs, read.Life.Epochs);
        Assert.Equal(record.Shards, read.Shards);
        Assert.Equal(("life", "layout", "check:", 1), (StoreKeys.LifeField, StoreKeys.LayoutField, StoreKeys.CheckField, StoreKeys.Layout));
    }

    [Theory]
    [InlineData("""{"v":2,"epochs":[{"name":"5f0a21c7","beganAt":0,"resendFrom":0}]}""")]
    [InlineData("""{"v":1,"epochs":[]}""")]
    [InlineData("""{"v":1}""")]
    [InlineData("[]")]
    public void LifeRecord_OfAnotherVersionOrDamaged_IsRefused(string json) =>
        Assert.Contains(
            "version", Assert.Throws<StoreUnavailableException>(() => LifeRecordJson.Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void ScreenRecord_IsWrittenAsBefore_AndReadBack()
    {
        var screen = new Screen(
            "01JTCWB2X0S3K7N5Q8V1R4T6YZ", "left", Scope.Of(new DistrictId("huangpu")), "s-1042", Traffic.Start,
            Traffic.Start + Duration.FromMinutes(3), "00ff", Traffic.Start + Duration.FromHours(1));
        const string Json =
            """{"v":1,"name":"left","scope":"district:huangpu","by":"s-1042","namedAt":1795507200000,"""
            + "\"openedAt\":1795507380000,\"session\":\"00ff\"}";

        Assert.Equal(Json, ScreenRecord.Write(screen));
        Assert.Equal(screen, ScreenRecord.Read(new(screen.Id, Json, screen.SeenAt)));
        Assert.Throws<InvalidDataException>(() => ScreenRecord.Read(new(screen.Id, Json.Replace("\"v\":1", "\"v\":2"), null)));
        Assert.Throws<InvalidDataException>(() => ScreenRecord.Read(new(screen.Id, "[]", null)));
        Assert.Equal("""{"v":1,"revoked":true}""", ScreenRecord.Revoked);
    }

    [Fact]
    public async Task SqliteTables_AreAsBefore()
    {
        using var folder = new TempFolder();
        using var database = new SqliteDatabase(folder.PathOf("parking.db"), new FakeTimeProvider());

        var tables = await database.ReadAsync(db => db.QueryAll(
            "SELECT m.name || ': ' || group_concat(c.name || ' ' || c.type || iif(c.pk > 0, ' key ' || c.pk, ''), ', ' ORDER BY c.cid) "
            + "FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' GROUP BY m.name ORDER BY m.name",
            row => row.GetString(0)));
        var others = await database.ReadAsync(db => db.QueryAll(
            "SELECT type || ' ' || name FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL ORDER BY name",
            row => row.GetString(0)));

        Assert.Equal(12, SqliteSchema.Version);
        Assert.Equal(12, await database.ReadAsync(db => db.Number("PRAGMA user_version", 0)));
        Assert.Equal(
            [
                "about: name TEXT key 1, value TEXT",
                "ahead: facility TEXT key 1, gate TEXT key 2, journal INTEGER key 3, seq INTEGER key 4",
                "answers: facility TEXT key 1, event BLOB key 2, fingerprint INTEGER, answer BLOB, answered_at INTEGER",
                "archive: holder INTEGER key 1, version INTEGER",
                "archived: partition INTEGER key 1, number INTEGER, token INTEGER",
                "audit_head: one INTEGER key 1, head TEXT",
                "citizens: citizen TEXT key 1, holder INTEGER, next INTEGER",
                "closed: facility TEXT key 1",
                "commands: facility TEXT key 1, command TEXT key 2, gate TEXT, version INTEGER, content BLOB, waits_until INTEGER, "
                    + "changed_at INTEGER",
                "devices: holder INTEGER key 1, version INTEGER, content BLOB",
                "garages: holder INTEGER key 1, version INTEGER, content BLOB",
                "heard: facility TEXT key 1, gate TEXT key 2, at INTEGER, journal INTEGER, last_seq INTEGER, acknowledged INTEGER, "
                    + "barrier INTEGER",
                "logs: facility TEXT key 1, version INTEGER, content BLOB",
                "marks: facility TEXT key 1, gate TEXT key 2, journal INTEGER key 3, through INTEGER",
                "outgoing: id INTEGER key 1, holder INTEGER, version INTEGER",
                "page_keys: name TEXT key 1, content BLOB",
                "pending: facility TEXT key 1, event BLOB key 2, fingerprint INTEGER, holder INTEGER, reserved_at INTEGER",
                "place_counts: facility TEXT key 1, taken INTEGER, changes INTEGER",
                "places: facility TEXT key 1, event BLOB key 2, holder INTEGER",
                "revocations: number INTEGER key 1, digest INTEGER, expires INTEGER",
                "screens: id TEXT key 1, content TEXT, seen INTEGER",
                "sqlite_sequence: name , seq ",
                "timelines: holder INTEGER key 1, version INTEGER, content BLOB",
                "unchained: id INTEGER key 1, facility TEXT, version INTEGER, content BLOB",
                "withdrawals: citizen TEXT key 1, through INTEGER",
            ], tables);
        Assert.Equal(
            [
                "index answers_by_age",
                "index commands_by_age",
                "index commands_waiting",
                "trigger facility_closed",
                "trigger facility_opened",
                "trigger place_given_back",
                "trigger place_taken",
                "index revocations_by_end",
                "index unchained_by_facility",
            ], others);
    }
}
