using System.Text.Json;
using Parking.BackOffice.Archive;
using Parking.Codes;
using Parking.Commands;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.BackOffice.Audit;

/// <summary>
/// Takes commands to gates over into the chain. They are recorded by the step that queues them in the live store, so that people can be let
/// out while this database is away; each version of a command waits there until it is here.
/// </summary>
/// <remarks>A crash between the two stores, or a second instance, repeats what is known by its source already.</remarks>
public sealed partial class CommandChaining(
    ICommandStore commands, AuditChain chain, ArchiveKeys keys, ILogger<CommandChaining> logger)
{
    private const int PageSize = 64;

    /// <summary>Takes over all that waits at a facility.</summary>
    /// <returns>How many versions of commands.</returns>
    /// <exception cref="Sql.BackOfficeUnavailableException">The database cannot be used; they wait on.</exception>
    /// <exception cref="StoreUnavailableException">The live store cannot be used.</exception>
    public async Task<int> ChainAsync(FacilityId facility, CancellationToken cancellationToken)
    {
        var (chained, unreadable) = (0, 0);
        while (true)
        {
            // Those that cannot be read stay in front: the page is larger by them, or some day nothing else would fit.
            cancellationToken.ThrowIfCancellationRequested();
            var size = PageSize + unreadable;
            var page = await commands.UnchainedAsync(facility, size);
            var readable = page.Select(version => (Version: version, Act: Describe(facility, version))).Where(one => one.Act is not null)
                .ToList();
            if (readable.Count > 0)
            {
                await chain.AppendAsync([.. readable.Select(one => one.Act!)]);
                await commands.RemoveUnchainedAsync(facility, [.. readable.Select(one => one.Version)]);
                chained += readable.Count;
            }

            if (page.Count < size)
            {
                return chained;
            }

            unreadable = page.Count - readable.Count;
        }
    }

    /// <summary>The entry for a version of a command; null if it cannot be read: a later version of the service may read it.</summary>
    private AuditAct? Describe(FacilityId facility, UnchainedCommand version)
    {
        try
        {
            var command = CommandCodec.Decode(version.Content);
            var queued = SourceOf(1);
            var act = new AuditAct
            {
                At = command.QueuedAt,
                Act = NameOf(command.Command),
                Target = $"gate:{command.Gate}",
                Facility = facility.Value,
                Staff = command.Staff,
                Duty = command.Duty,
                Source = SourceOf(version.Version),
            };
            return version.Version == 1
                ? act with { Detail = new(command.Reason, command.Stay) { ArchivedStay = ArchivedNameOf(command.Stay) } }
                : act with
                {
                    At = command.End?.At ?? command.Grant?.At ?? command.QueuedAt,
                    IsOutcome = true,
                    IntentSource = queued,
                    Result = command.End switch
                    {
                        null => "granted",
                        { Obstacle: { } obstacle } => $"not_obeyed:{NameOf(obstacle)}",
                        _ => "obeyed",
                    },
                };

            string SourceOf(long number) => $"command/{facility}/{command.Id}/{number}";
        }
        catch (InvalidDataException e)
        {
            Unreadable(logger, e, facility);
            return null;
        }
    }

    private string? ArchivedNameOf(string? stay) => CodeId.TryParse(stay, out var name) ? keys.StayOf(name) : null;

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    [LoggerMessage(
        9022,
        LogLevel.Error,
        "A command at {Facility} cannot be read, and waits to be entered into the audit",
        EventName = "CommandNotChained")]
    private static partial void Unreadable(ILogger logger, Exception exception, FacilityId facility);
}
