using System.Text.Json;
using Parking.GateProgram;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Replay.Faults;

/// <summary>
/// How many faults occur. Shares are of all requests of gates, unless something else is said, from 0 to 1; counts are for the whole replay.
/// </summary>
public sealed record FaultProfile
{
    public static FaultProfile None { get; } = new();

    /// <summary>All kinds of faults, as with <c>--faults all</c>.</summary>
    public static FaultProfile All { get; } = new()
    {
        DropRequest = 0.01,
        DropAnswer = 0.01,
        Delay = 0.005,
        Duplicate = 0.02,
        Reorder = 0.005,
        Cuts = 8,
        Skews = 10,
        DeadClocks = 5,
        GateKills = 40,
        StoreKills = 6,
        LostTails = 2,
        EmptiedStores = 1,
        ServiceRestarts = 3,
        LongOutages = 2,
        DamagedJournals = 5,
        ArchiveOutages = 2,
        OfflinePhones = 0.5,
        WrongPhoneClocks = 0.5,
        RemovedDevices = 5,
        SixthDevices = 2,
    };

    public double DropRequest { get; init; }

    public double DropAnswer { get; init; }

    public double Delay { get; init; }

    public double Duplicate { get; init; }

    public double Reorder { get; init; }

    public int Cuts { get; init; }

    public int Skews { get; init; }

    public int DeadClocks { get; init; }

    public int GateKills { get; init; }

    public int StoreKills { get; init; }

    public int LostTails { get; init; }

    public int EmptiedStores { get; init; }

    public int ServiceRestarts { get; init; }

    public int LongOutages { get; init; }

    public int DamagedJournals { get; init; }

    public int ArchiveOutages { get; init; }

    /// <summary>Share of the hours in which a phone that signs its codes itself has no network.</summary>
    public double OfflinePhones { get; init; }

    /// <summary>Share of the phones that sign their codes themselves whose clock is wrong.</summary>
    public double WrongPhoneClocks { get; init; }

    public int RemovedDevices { get; init; }

    public int SixthDevices { get; init; }

    /// <summary>
    /// Reads the value of <c>--faults</c>: <c>none</c>, <c>all</c>, names of faults separated by commas (each with its value in
    /// <c>all</c>), or the path of a JSON file with this record.
    /// </summary>
    /// <exception cref="SettingsException">The value is none of these.</exception>
    public static FaultProfile Parse(string text)
    {
        if (text is "none" or "all")
        {
            return text == "all" ? All : None;
        }
        var kinds = text.Split(',', StringSplitOptions.TrimEntries).Select(FindKind).ToList();
        if (kinds.TrueForAll(kind => kind is not null))
        {
            return kinds.Aggregate(None, (profile, kind) => profile.With(kind!.Value));
        }
        return File.Exists(text)
            ? Load(text)
            : throw new SettingsException($"--faults {text}: give none, all, some of "
                + $"{string.Join(',', Enum.GetValues<FaultKind>().Select(NameOf))}, or a JSON file with a profile.");
    }

    /// <summary>The name of a kind in options and reports.</summary>
    public static string NameOf(FaultKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static FaultProfile Load(string path)
    {
        try
        {
            return Check(JsonSerializer.Deserialize<FaultProfile>(File.ReadAllText(path), StrictJson) ?? None);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or SettingsException)
        {
            throw new SettingsException($"{path}: {error.Message}", error);
        }
    }

    private static JsonSerializerOptions StrictJson { get; } = new(ClientJson.Options)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private static FaultProfile Check(FaultProfile profile)
    {
        double[] shares = [profile.DropRequest, profile.DropAnswer, profile.Delay, profile.Duplicate, profile.Reorder];
        int[] counts =
        [
            profile.Cuts, profile.Skews, profile.DeadClocks, profile.GateKills, profile.StoreKills, profile.LostTails,
            profile.EmptiedStores, profile.ServiceRestarts, profile.LongOutages, profile.DamagedJournals, profile.ArchiveOutages,
            profile.RemovedDevices, profile.SixthDevices,
        ];
        double[] ofPhones = [profile.OfflinePhones, profile.WrongPhoneClocks];
        return shares.Concat(ofPhones).All(share => share is >= 0 and <= 1) && shares.Sum() <= 1
            && counts.All(count => count is >= 0 and <= 100_000)
            ? profile
            : throw new SettingsException("each share and their sum must be from 0 to 1, each count from 0 to 100000");
    }

    private static FaultKind? FindKind(string name) =>
        Enum.GetValues<FaultKind>().Where(kind => NameOf(kind) == name).Select(kind => (FaultKind?)kind).FirstOrDefault();

    private FaultProfile With(FaultKind kind) => kind switch
    {
        FaultKind.DropRequest => this with { DropRequest = All.DropRequest },
        FaultKind.DropAnswer => this with { DropAnswer = All.DropAnswer },
        FaultKind.Delay => this with { Delay = All.Delay },
        FaultKind.Duplicate => this with { Duplicate = All.Duplicate },
        FaultKind.Reorder => this with { Reorder = All.Reorder },
        FaultKind.Cut => this with { Cuts = All.Cuts },
        FaultKind.Skew => this with { Skews = All.Skews },
        FaultKind.DeadClock => this with { DeadClocks = All.DeadClocks },
        FaultKind.KillGate => this with { GateKills = All.GateKills },
        FaultKind.KillStore => this with { StoreKills = All.StoreKills },
        FaultKind.LoseTail => this with { LostTails = All.LostTails },
        FaultKind.EmptyStore => this with { EmptiedStores = All.EmptiedStores },
        FaultKind.RestartService => this with { ServiceRestarts = All.ServiceRestarts },
        FaultKind.LongOutage => this with { LongOutages = All.LongOutages },
        FaultKind.DamageJournal => this with { DamagedJournals = All.DamagedJournals },
        FaultKind.LoseArchive => this with { ArchiveOutages = All.ArchiveOutages },
        FaultKind.OfflinePhone => this with { OfflinePhones = All.OfflinePhones },
        FaultKind.WrongPhoneClock => this with { WrongPhoneClocks = All.WrongPhoneClocks },
        FaultKind.RemoveDevice => this with { RemovedDevices = All.RemovedDevices },
        FaultKind.SixthDevice => this with { SixthDevices = All.SixthDevices },
        _ => throw new System.Diagnostics.UnreachableException($"{kind} is not a fault."),
    };
}
