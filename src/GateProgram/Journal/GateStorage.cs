using System.Globalization;
using System.Text.Json;

namespace Parking.GateProgram.Journal;

/// <summary>
/// The disk of a gate that starts with whatever is on it. A journal that cannot be read is set aside, and a new one is begun, in memory if
/// the disk cannot be written. What is readable of it is reported under the numbers that it always had (<see cref="Leftovers"/>), and its
/// openings count: a code opens once.
/// </summary>
internal sealed class GateStorage
{
    private const string AsidePrefix = "damaged-";

    private GateStorage(IGateFolder folder, GateJournal journal) => (Folder, Journal) = (folder, journal);

    /// <summary>Where the gate writes.</summary>
    public IGateFolder Folder { get; private init; }

    public GateJournal Journal { get; }

    /// <summary>What is left of journals that were set aside, now or before.</summary>
    public IReadOnlyList<Leftover> Leftovers { get; private init; } = [];

    /// <summary>What is wrong, for technicians and operators; null if nothing is.</summary>
    public string? Trouble { get; private init; }

    /// <exception cref="GateMismatchException">The disk is that of another gate.</exception>
    /// <exception cref="GateFolderInUseException">Another program has the disk.</exception>
    public static GateStorage Open(GateMachineSettings settings, IGateFolder folder)
    {
        try
        {
            JournalOwner.Claim(folder, settings.Gate);
            return new(folder, GateJournal.Open(folder, settings.CreateJournalId)) { Leftovers = FindLeftovers(folder) };
        }
        catch (Exception error) when (IsDisk(error))
        {
            return Begin(settings, folder, error);
        }
    }

    /// <summary>Whether an error comes from the disk or from what is on it, and not from somebody's mistake.</summary>
    public static bool IsDisk(Exception error) => error is (SystemException or JsonException) and not GateFolderInUseException;

    private static GateStorage Begin(GateMachineSettings settings, IGateFolder folder, Exception error)
    {
        var salvage = JournalSalvage.Read(ReadLive(folder));
        var legacy = JournalLegacy.Of(salvage);
        try
        {
            var aside = SetAside(folder);
            JournalOwner.Claim(folder, settings.Gate);
            return new(folder, GateJournal.Open(folder, settings.CreateJournalId, legacy))
            {
                Leftovers = FindLeftovers(folder),
                Trouble = $"{error.Message} Its files are kept as {aside}*, and a new journal was begun.",
            };
        }
        catch (Exception second) when (IsDisk(second))
        {
            var memory = new MemoryFolder();
            return new(memory, GateJournal.Open(memory, settings.CreateJournalId, legacy))
            {
                Leftovers = salvage.Unacknowledged() is { Count: > 0 } events ? [new(salvage.Journal!, events, () => { })] : [],
                Trouble = $"{second.Message} The disk cannot be used; events are kept in memory and are lost with the power.",
            };
        }
    }

    private static byte[] ReadLive(IGateFolder folder)
    {
        try
        {
            return folder.ReadAll(GateJournal.LiveName);
        }
        catch (SystemException)
        {
            return [];
        }
    }

    /// <returns>How the names of the files begin now.</returns>
    private static string SetAside(IGateFolder folder)
    {
        var names = folder.List();
        var number = 1;
        while (names.Any(name => name.StartsWith(Prefix(number), StringComparison.Ordinal)))
        {
            number++;
        }
        foreach (var name in names.Where(GateJournal.IsFile))
        {
            folder.Replace(name, Prefix(number) + name);
        }
        folder.Flush();
        return Prefix(number);

        static string Prefix(int number) => string.Create(CultureInfo.InvariantCulture, $"{AsidePrefix}{number:0000}-");
    }

    private static List<Leftover> FindLeftovers(IGateFolder folder)
    {
        var found = new List<Leftover>();
        foreach (var name in folder.List().Where(name => name.StartsWith(AsidePrefix, StringComparison.Ordinal)))
        {
            if (name.EndsWith(GateJournal.LiveName, StringComparison.Ordinal)
                && JournalSalvage.Read(folder.ReadAll(name)) is { Journal: { } journal } salvage)
            {
                found.Add(new(journal, salvage.Unacknowledged(), () => folder.Delete(name)));
            }
        }
        return found;
    }
}

/// <summary>Events of a journal that was set aside.</summary>
/// <param name="Journal">Its id.</param>
/// <param name="Events">The events that the service may not have, in order. There may be none.</param>
/// <param name="Finish">Called when the service has answered them: removes the file, which has codes in it.</param>
internal sealed record Leftover(string Journal, IReadOnlyList<StoredEvent> Events, Action Finish);
