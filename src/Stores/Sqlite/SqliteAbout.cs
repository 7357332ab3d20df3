using System.Globalization;
using NodaTime;
using Parking.Ports;
using Parking.Stores.Lives;

namespace Parking.Stores.Sqlite;

/// <summary>Parts of a step that touch what the file keeps about itself.</summary>
internal static class SqliteAbout
{
    /// <summary>The epochs, as <see cref="LifeRecordJson"/> writes them.</summary>
    private const string Life = "life";

    /// <summary>Unix milliseconds of the last note that everything until then was written.</summary>
    private const string Kept = "kept";

    /// <summary>Begins the name of a <see cref="SecretCheck"/>; its setting follows.</summary>
    private const string Check = "check:";

    /// <summary>
    /// Begins a new epoch if this process did not use the file before, or if the file is not as this process left it: somebody restored a
    /// copy, however young. Otherwise writes nothing.
    /// </summary>
    /// <param name="db">The file.</param>
    /// <param name="before">The life that this process knows; null if it did not use the file before.</param>
    /// <param name="keptUntil">What this process noted last; null if it has not yet.</param>
    /// <param name="now">The present time.</param>
    public static StoreLife Look(SqliteSession db, StoreLife? before, Instant? keptUntil, Instant now)
    {
        var found = Find(db, Life) is { } json ? LifeRecordJson.Read(json).Life : null;
        var kept = Find(db, Kept) is { } text
            ? Instant.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture))
            : (Instant?)null;
        var isOfOthers = db.WasWrittenByOthers();
        if (before is not null && !isOfOthers && found?.Epoch == before.Epoch && (keptUntil is null || kept == keptUntil))
        {
            return before;
        }

        var next = LifeRecord.DrawEpoch(now, LifeRecord.ResendFrom(kept));
        var life = LifeRecord.Later(found, before)?.Begin(next) ?? new([next]);
        Keep(db, Life, LifeRecordJson.Write(new(life, [])));
        return life;
    }

    /// <summary>Keeps what proves under which secrets the data is written, and compares it with what was kept before.</summary>
    /// <exception cref="StoreRefusedException">A secret differs.</exception>
    public static void CheckSecrets(SqliteSession db, string path, IReadOnlyList<SecretCheck> secrets)
    {
        var differing = new List<string>();
        foreach (var secret in secrets)
        {
            var name = Check + secret.Setting;
            var kept = Find(db, name);
            if (kept is null)
            {
                Keep(db, name, secret.Value);
            }
            else if (kept != secret.Value)
            {
                differing.Add(secret.Refuse(path));
            }
        }

        if (differing.Count > 0)
        {
            throw new StoreRefusedException(differing);
        }
    }

    /// <summary>Notes that everything until now was written.</summary>
    /// <returns>The time as it can be noted.</returns>
    public static Instant KeepUntil(SqliteSession db, Instant now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        Keep(db, Kept, milliseconds.ToString(CultureInfo.InvariantCulture));
        return Instant.FromUnixTimeMilliseconds(milliseconds);
    }

    private static string? Find(SqliteSession db, string name) =>
        db.QueryAll("SELECT value FROM about WHERE name = ?1", row => row.GetString(0), name) is [var found] ? found : null;

    private static void Keep(SqliteSession db, string name, string value) =>
        db.Execute("INSERT INTO about VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value", name, value);
}
