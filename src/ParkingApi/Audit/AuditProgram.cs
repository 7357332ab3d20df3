using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Options;
using Parking.Api.Hosting.Files;
using Parking.Api.Hosting.Identity;
using Parking.BackOffice.Audit;
using Parking.BackOffice.Sql;
using Parking.Ports;

namespace Parking.Api.Audit;

/// <summary>
/// The program in place of the service if its first argument is <c>audit</c>: verifies the chain of the configured back office, or prints
/// the public key. It starts no server, and may run beside the service.
/// </summary>
internal static class AuditProgram
{
    /// <summary>The exit code if the chain could not be verified.</summary>
    public const int NotVerified = 2;

    private const int Intact = 0, Broken = 1;

    /// <summary>How often somebody who waits is told how far it is, in entries.</summary>
    private const int TellEvery = 50_000;

    private const string Help = """
        Usage:
          ParkingApi audit verify [--head TEXT]... [--key FILE]... [--known N]... [settings]
          ParkingApi audit key [settings]

        verify   Goes through the whole chain of the configured back office, compares it with the signed heads in the database, in the
                 live store and in --head, and names the first entry that is not as it was written.
                 --head TEXT   a signed head from the log (event AuditHeadSigned) or from an export
                 --key FILE    a public key in PEM; then only the keys that are given count. Without it the public half of
                               Secrets:AuditKey counts. Give former keys, too, if the key was replaced
                 --known N     the entry N, in which the service noted a lost head, has been looked into (such as a restored copy)
        key      Prints the public half of Secrets:AuditKey, as a JSON Web Key and as PEM.

        Settings are those of the service: --BackOffice:Postgres "Host=…", --Data:Folder DIR, --environment NAME, environment variables.
        Where tables have an owner of their own, --BackOffice:PostgresOwner is one of them.
        Exit code: 0 the chain is as it was written; 1 it is not; 2 it could not be verified.

        Examples:
          ParkingApi audit verify
          ParkingApi audit verify --head eyJhbGciOiJFUzI1NiIs…
          ParkingApi audit verify --key audit.pem --key former.pem --BackOffice:Postgres "Host=db;Database=parking;…"
        """;

    public static bool IsAsked(string[] args) => args is ["audit", ..];

    /// <param name="args">All arguments of the program.</param>
    /// <param name="services">The services as they are configured; none was started.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where errors and progress go.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, TextWriter error)
    {
        try
        {
            var order = AuditOrder.Parse(args);
            switch (order.Verb)
            {
                case "verify":
                    return await VerifyAsync(order, services, output, error);
                case "key":
                    using (var key = ConfiguredKey(services))
                    {
                        await output.WriteLineAsync($"{key.Jwk}\n{key.Pem}");
                        return Intact;
                    }

                default:
                    await output.WriteLineAsync(Help);
                    return order.Verb is null or "help" ? Intact : NotVerified;
            }
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or BackOfficeUnavailableException
            or DbException or OptionsValidationException)
        {
            await error.WriteLineAsync(e.Message);
            return NotVerified;
        }
    }

    private static async Task<int> VerifyAsync(AuditOrder order, IServiceProvider services, TextWriter output, TextWriter error)
    {
        RequireDatabase(services);
        var keys = order.KeyFiles.Count > 0
            ? order.KeyFiles.Select(file => AuditKey.OfPem(File.ReadAllText(file))).ToList()
            : [ConfiguredKey(services)];
        var heads = order.Heads.Select(head => ("--head", head)).ToList();
        try
        {
            if (await services.GetRequiredService<IAuditHeadStore>().PeekAsync() is { } live)
            {
                heads.Add(("the live store", live));
            }
        }
        catch (StoreUnavailableException e)
        {
            await error.WriteLineAsync($"The head in the live store was not compared: {e.Message}");
        }

        var told = 0L;
        var found = await new AuditVerification(services.GetRequiredService<ISqlDatabase>(), keys, order.Known, Tell)
            .RunAsync(heads, CancellationToken.None);
        keys.ForEach(key => key.Dispose());
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{found.Entries:N0} entries verified; {found.Heads:N0} signed heads agree; {found.Erased:N0} details were erased."));
        if (found.IsIntact)
        {
            await output.WriteLineAsync("The chain is as it was written.");
            if (found is { Heads: 0, Entries: > 0 })
            {
                await output.WriteLineAsync("It was compared with no signed head: if it was rewritten as a whole, this does not show it.");
            }

            return Intact;
        }

        await output.WriteLineAsync("The chain is NOT as it was written:");
        foreach (var finding in found.Findings)
        {
            await output.WriteLineAsync($"  {finding.Kind}: {finding.Text}");
        }

        return Broken;

        void Tell(long done, long of)
        {
            if (done - told >= TellEvery)
            {
                told = done;
                error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done:N0} of {of:N0} entries"));
            }
        }
    }

    private static AuditKey ConfiguredKey(IServiceProvider services)
    {
        const string setting = $"{SecretsOptions.Section}:{nameof(SecretsOptions.AuditKey)}";
        return services.GetRequiredService<IConfiguration>()[setting] is { Length: > 0 } secret
            ? AuditKey.OfSecret(secret)
            : throw new FormatException($"There is no key to check signatures with: set {setting}, or give --key FILE.");
    }

    /// <summary>To verify must not make an empty database.</summary>
    private static void RequireDatabase(IServiceProvider services)
    {
        var file = services.GetRequiredService<DataFolder>().PathOf(DataFolder.BackOfficeFile);
        if (services.GetRequiredService<IConfiguration>()[$"{BackOfficeOptions.Section}:{nameof(BackOfficeOptions.Postgres)}"]
            is not { Length: > 0 } && !File.Exists(file))
        {
            throw new FileNotFoundException($"There is no back office: neither {file}, nor is BackOffice:Postgres set.");
        }
    }
}

/// <summary>What the command line asks for.</summary>
/// <param name="Verb">The word after <c>audit</c>; null if there is none.</param>
/// <param name="Heads">The heads to compare with.</param>
/// <param name="KeyFiles">The files of public keys.</param>
/// <param name="Known">Entries that have been looked into.</param>
internal sealed record AuditOrder(
    string? Verb, IReadOnlyList<string> Heads, IReadOnlyList<string> KeyFiles, IReadOnlySet<long> Known)
{
    /// <exception cref="FormatException">An argument is unknown, or lacks its value.</exception>
    public static AuditOrder Parse(string[] args)
    {
        var (heads, keys, known) = (new List<string>(), new List<string>(), new HashSet<long>());
        for (var i = 2; i < args.Length; i++)
        {
            // A setting in one word, or in two: the configuration has read it.
            var isSetting = args[i].Contains(':', StringComparison.Ordinal)
                || args[i].StartsWith("--environment", StringComparison.Ordinal);
            if (isSetting && args[i].Contains('=', StringComparison.Ordinal))
            {
                continue;
            }

            if (i + 1 == args.Length || (!isSetting && args[i] is not ("--head" or "--key" or "--known")))
            {
                throw new FormatException($"{args[i]} is unknown here, or lacks its value. See: audit help");
            }

            switch (args[i++])
            {
                case "--head":
                    heads.Add(args[i]);
                    break;
                case "--key":
                    keys.Add(args[i]);
                    break;
                case "--known":
                    known.Add(long.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out var entry)
                        ? entry
                        : throw new FormatException($"--known {args[i]} is no number of an entry."));
                    break;
            }
        }

        return new(args.ElementAtOrDefault(1), heads, keys, known);
    }
}
