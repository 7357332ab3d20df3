using System.Text.RegularExpressions;

namespace Parking.BackOffice.Sql;

/// <summary>What the two databases write differently in a schema. All other SQL is the same.</summary>
/// <param name="Types">What stands for each word in braces.</param>
/// <param name="AppendOnly">The statements that make the table <c>{table}</c> append-only.</param>
internal sealed partial record SqlDialect(IReadOnlyDictionary<string, string> Types, string AppendOnly)
{
    public static readonly SqlDialect Sqlite = new(
        new Dictionary<string, string> { ["bigint"] = "INTEGER", ["bytes"] = "BLOB", ["strict"] = "STRICT" },
        """
        CREATE TRIGGER {table}_append_only_update BEFORE UPDATE ON {table} BEGIN
          SELECT RAISE(ABORT, '{table} is append-only');
        END;
        CREATE TRIGGER {table}_append_only_delete BEFORE DELETE ON {table} BEGIN
          SELECT RAISE(ABORT, '{table} is append-only');
        END;
        """);

    public static readonly SqlDialect Postgres = new(
        new Dictionary<string, string> { ["bigint"] = "BIGINT", ["bytes"] = "BYTEA", ["strict"] = "" },
        """
        CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME; END';
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION append_only();
        CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION append_only();
        """);

    /// <summary>
    /// A migration as this database writes it: <c>{bigint}</c>, <c>{bytes}</c> and <c>{strict}</c> (after the closing parenthesis of a
    /// table) are replaced, and so is a line <c>APPEND ONLY table;</c>.
    /// </summary>
    public string Write(string migration) => AppendOnlyLine().Replace(
        Word().Replace(migration, word => Types[word.Groups[1].Value]),
        line => AppendOnly.Replace("{table}", line.Groups[1].Value, StringComparison.Ordinal));

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Word();

    [GeneratedRegex(@"^APPEND ONLY (\w+);$", RegexOptions.Multiline)]
    private static partial Regex AppendOnlyLine();
}
