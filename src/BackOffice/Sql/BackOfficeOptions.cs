using Microsoft.Extensions.Options;
using Npgsql;

namespace Parking.BackOffice.Sql;

/// <summary>Where the back office keeps its data.</summary>
public sealed class BackOfficeOptions
{
    public const string Section = "BackOffice";

    /// <summary>
    /// The PostgreSQL database (15 or later) of the back office, as Npgsql writes it: <c>Host=…;Database=…;Username=…;Password=…</c>. Null,
    /// the default: the file <c>backoffice.db</c> in the data folder.
    /// </summary>
    public string? Postgres { get; set; }

    /// <summary>
    /// The same database as the owner of its tables, who changes them at the first use after an upgrade. Null, the default: the role of
    /// <see cref="Postgres"/> owns them itself, and then only triggers keep it from changing what is history.
    /// </summary>
    public string? PostgresOwner { get; set; }

    /// <summary>Reports a connection string that cannot be read, without quoting it: it may hold a password.</summary>
    public sealed class Validator : IValidateOptions<BackOfficeOptions>
    {
        public ValidateOptionsResult Validate(string? name, BackOfficeOptions options)
        {
            var failures = new List<string>();
            if (options.PostgresOwner is { Length: > 0 } && options.Postgres is not { Length: > 0 })
            {
                failures.Add($"{Section}:{nameof(PostgresOwner)} is set, and {Section}:{nameof(Postgres)} is not.");
            }

            Check(nameof(Postgres), options.Postgres);
            Check(nameof(PostgresOwner), options.PostgresOwner);
            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

            void Check(string setting, string? value)
            {
                const string form = "Write Host=…;Database=…;Username=…;Password=…";
                try
                {
                    if (value is { Length: > 0 } && new NpgsqlConnectionStringBuilder(value).Host is not { Length: > 0 })
                    {
                        failures.Add($"{Section}:{setting} names no host. {form}.");
                    }
                }
                catch (Exception e) when (e is ArgumentException or FormatException)
                {
                    failures.Add($"{Section}:{setting} cannot be read. {form}.");
                }
            }
        }
    }
}
