using Parking.Events;

namespace Parking.Stores.Sqlite;

/// <summary>The tables of the embedded store.</summary>
/// <remarks>
/// Holders, journals and fingerprints are unsigned 64-bit numbers, kept in SQLite's signed 64 bits. Instants are Unix ticks of 100 ns
/// unless said otherwise. Events are written by <see cref="EventIdBytes"/>.
/// </remarks>
internal static class SqliteSchema
{
    /// <summary>
    /// The steps from each version to the next, beginning with an empty file. A step that was released never changes; new steps are added.
    /// A file keeps its version in <c>user_version</c>.
    /// </summary>
    public static readonly IReadOnlyList<string> Steps =
        [Stays, Facilities, Pages, About, Erasure, Changes, Withdrawals, Commands, Archive, Audit, Screens, Devices];

    /// <summary>The version of these tables.</summary>
    public static int Version => Steps.Count;

    private const string Stays = """
        -- The truth: one row per holder.
        CREATE TABLE timelines (holder INTEGER PRIMARY KEY, version INTEGER NOT NULL, content BLOB NOT NULL) STRICT;

        -- Timelines that changed, oldest first by id.
        CREATE TABLE outgoing (id INTEGER PRIMARY KEY, holder INTEGER NOT NULL, version INTEGER NOT NULL, UNIQUE (holder, version)) STRICT;

        -- Taken places; how many a facility has taken is counted along, so that a big car park is no slower than a small one.
        CREATE TABLE places (
          facility TEXT NOT NULL, event BLOB NOT NULL, holder INTEGER NOT NULL,
          PRIMARY KEY (facility, event)) STRICT, WITHOUT ROWID;
        CREATE TABLE place_counts (facility TEXT PRIMARY KEY, taken INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TRIGGER place_taken AFTER INSERT ON places BEGIN
          INSERT INTO place_counts VALUES (new.facility, 1) ON CONFLICT DO UPDATE SET taken = taken + 1;
        END;
        CREATE TRIGGER place_given_back AFTER DELETE ON places BEGIN
          UPDATE place_counts SET taken = taken - 1 WHERE facility = old.facility;
        END;

        -- Events bound to their content and not yet answered.
        CREATE TABLE pending (
          facility TEXT NOT NULL, event BLOB NOT NULL, fingerprint INTEGER NOT NULL, holder INTEGER NOT NULL, reserved_at INTEGER NOT NULL,
          PRIMARY KEY (facility, event)) STRICT, WITHOUT ROWID;

        -- Events bound to their content and answered.
        CREATE TABLE answers (
          facility TEXT NOT NULL, event BLOB NOT NULL, fingerprint INTEGER NOT NULL, answer BLOB NOT NULL, answered_at INTEGER NOT NULL,
          PRIMARY KEY (facility, event)) STRICT, WITHOUT ROWID;
        CREATE INDEX answers_by_age ON answers (answered_at);

        -- How far each journal is answered without a gap, and the numbers that are answered beyond the gap.
        CREATE TABLE marks (
          facility TEXT NOT NULL, gate TEXT NOT NULL, journal INTEGER NOT NULL, through INTEGER NOT NULL,
          PRIMARY KEY (facility, gate, journal)) STRICT, WITHOUT ROWID;
        CREATE TABLE ahead (
          facility TEXT NOT NULL, gate TEXT NOT NULL, journal INTEGER NOT NULL, seq INTEGER NOT NULL,
          PRIMARY KEY (facility, gate, journal, seq)) STRICT, WITHOUT ROWID;

        CREATE TABLE citizens (citizen TEXT PRIMARY KEY, holder INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE garages (holder INTEGER PRIMARY KEY, version INTEGER NOT NULL, content BLOB NOT NULL) STRICT;

        PRAGMA user_version = 1;
        """;

    private const string Facilities = """
        -- What happened at a facility that names nobody; replaced as a whole, version by version.
        CREATE TABLE logs (facility TEXT PRIMARY KEY, version INTEGER NOT NULL, content BLOB NOT NULL) STRICT;

        -- Facilities that an operator has closed.
        CREATE TABLE closed (facility TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

        -- Each gate's last sign of life in Unix milliseconds, and what its last heartbeat said, if it has sent one.
        CREATE TABLE heard (
          facility TEXT NOT NULL, gate TEXT NOT NULL, at INTEGER NOT NULL, journal INTEGER, last_seq INTEGER, acknowledged INTEGER,
          PRIMARY KEY (facility, gate)) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 2;
        """;

    private const string Pages = """
        -- The keys that protect cookies, sealed by the service.
        CREATE TABLE page_keys (name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 3;
        """;

    private const string About = """
        -- What the store keeps about itself; SqliteAbout has the names.
        CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 4;
        """;

    private const string Erasure = """
        -- While a citizen's holder is being erased: the holder that takes its place.
        ALTER TABLE citizens ADD COLUMN next INTEGER;

        PRAGMA user_version = 5;
        """;

    private const string Changes = """
        -- How often places were taken and given back, and the facility closed and opened.
        ALTER TABLE place_counts ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
        DROP TRIGGER place_taken;
        CREATE TRIGGER place_taken AFTER INSERT ON places BEGIN
          INSERT INTO place_counts VALUES (new.facility, 1, 1) ON CONFLICT DO UPDATE SET taken = taken + 1, changes = changes + 1;
        END;
        DROP TRIGGER place_given_back;
        CREATE TRIGGER place_given_back AFTER DELETE ON places BEGIN
          UPDATE place_counts SET taken = taken - 1, changes = changes + 1 WHERE facility = old.facility;
        END;
        CREATE TRIGGER facility_closed AFTER INSERT ON closed BEGIN
          INSERT INTO place_counts VALUES (new.facility, 0, 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
        END;
        CREATE TRIGGER facility_opened AFTER DELETE ON closed BEGIN
          INSERT INTO place_counts VALUES (old.facility, 0, 1) ON CONFLICT DO UPDATE SET changes = changes + 1;
        END;

        PRAGMA user_version = 6;
        """;

    private const string Withdrawals = """
        -- Up to when a person's sign-ins are withdrawn, in Unix milliseconds.
        CREATE TABLE withdrawals (citizen TEXT PRIMARY KEY, through INTEGER NOT NULL) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 7;
        """;

    private const string Commands = """
        -- Commands to gates; waits_until (Unix milliseconds) is null once a command does not wait for its gate any more.
        CREATE TABLE commands (
          facility TEXT NOT NULL, command TEXT NOT NULL, gate TEXT NOT NULL, version INTEGER NOT NULL, content BLOB NOT NULL,
          waits_until INTEGER, changed_at INTEGER NOT NULL,
          PRIMARY KEY (facility, command)) STRICT, WITHOUT ROWID;
        CREATE INDEX commands_waiting ON commands (facility, gate) WHERE waits_until IS NOT NULL;
        CREATE INDEX commands_by_age ON commands (changed_at);

        -- Versions of commands that are not in the chain of the audit yet, oldest first by id.
        CREATE TABLE unchained (
          id INTEGER PRIMARY KEY, facility TEXT NOT NULL, version INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
        CREATE INDEX unchained_by_facility ON unchained (facility, id);

        -- How each gate's barrier was by its last heartbeat.
        ALTER TABLE heard ADD COLUMN barrier INTEGER;

        PRAGMA user_version = 8;
        """;

    private const string Archive = """
        -- Timelines that changed since the archive took them over, at their newest version.
        CREATE TABLE archive (holder INTEGER PRIMARY KEY, version INTEGER NOT NULL) STRICT;

        -- The last batch that the archive acknowledged.
        CREATE TABLE archived (partition INTEGER PRIMARY KEY, number INTEGER NOT NULL, token INTEGER NOT NULL) STRICT;

        PRAGMA user_version = 9;
        """;

    private const string Audit = """
        -- The last signed head of the audit's chain.
        CREATE TABLE audit_head (one INTEGER PRIMARY KEY CHECK (one = 1), head TEXT NOT NULL) STRICT;

        PRAGMA user_version = 10;
        """;

    private const string Screens = """
        -- Wall screens, and when each was last seen, in Unix milliseconds.
        CREATE TABLE screens (id TEXT PRIMARY KEY, content TEXT NOT NULL, seen INTEGER) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 11;
        """;

    private const string Devices = """
        -- The devices of each holder, replaced as a whole, version by version.
        CREATE TABLE devices (holder INTEGER PRIMARY KEY, version INTEGER NOT NULL, content BLOB NOT NULL) STRICT;

        -- Revoked certificates by the beginning of their hash, and the Unix second at which each would have expired.
        CREATE TABLE revocations (
          number INTEGER PRIMARY KEY AUTOINCREMENT, digest INTEGER NOT NULL UNIQUE, expires INTEGER NOT NULL) STRICT;
        CREATE INDEX revocations_by_end ON revocations (expires);

        PRAGMA user_version = 12;
        """;
}

/// <summary>
/// SQLite's integers are signed; holders, journals and fingerprints are unsigned 64-bit numbers. The bits are kept as they are.
/// </summary>
internal static class SqliteBits
{
    public static long Signed(ulong value) => unchecked((long)value);

    public static ulong Unsigned(long value) => unchecked((ulong)value);
}
