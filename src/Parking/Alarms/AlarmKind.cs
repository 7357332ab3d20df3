namespace Parking.Alarms;

/// <summary>
/// What an alarm is about. Names are stored and public: they may be added, but never changed. What every code, full car park and used code
/// brings with it are events, and never alarms.
/// </summary>
public enum AlarmKind
{
    /// <summary>The live store, or a shard of it, is out of reach.</summary>
    StoreUnreachable = 1,

    /// <summary>At least half of the city's gates fell silent.</summary>
    ManyGatesSilent = 2,

    /// <summary>The barrier of an exit does not do what it is told.</summary>
    ExitBarrierFault = 3,

    /// <summary>The barrier of an entry does not do what it is told.</summary>
    EntryBarrierFault = 4,

    /// <summary>The database of the back office is out of reach.</summary>
    BackOfficeUnreachable = 5,

    /// <summary>All gates of a facility fell silent.</summary>
    FacilitySilent = 6,

    /// <summary>A gate is silent, and has events that did not arrive.</summary>
    GateSilent = 7,

    /// <summary>A gate used a number for two events.</summary>
    EventConflict = 8,

    /// <summary>Stays of a facility cannot be trusted as they are.</summary>
    ConflictingStays = 9,

    /// <summary>A gate saw several codes with an invalid signature.</summary>
    BadSignatures = 10,

    /// <summary>A gate refuses everybody because of their codes.</summary>
    RefusesEverybody = 11,

    /// <summary>A second vehicle passed on one opening.</summary>
    Tailgating = 12,

    /// <summary>A facility should be counted.</summary>
    CountOverdue = 13,

    /// <summary>A holiday calendar ends soon, or has ended.</summary>
    CalendarEnds = 14,

    /// <summary>Stays of a facility are open for longer than is plausible there.</summary>
    LongStays = 15,
}

/// <summary>How soon somebody has to act.</summary>
public enum AlarmPriority
{
    /// <summary>Now: people may be shut in or out.</summary>
    Urgent = 1,

    /// <summary>Within the hour: something is being lost, or will be.</summary>
    Important = 2,

    /// <summary>Within the day.</summary>
    Minor = 3,
}

/// <summary>The state of an alarm, after ISA-18.2. Numbers are stored: they may be added, but never changed.</summary>
public enum AlarmState
{
    /// <summary>Its condition does not hold, and nothing is left to acknowledge.</summary>
    Normal = 0,

    /// <summary>Its condition holds, and nobody has acknowledged that.</summary>
    Unacknowledged = 1,

    /// <summary>Its condition holds, and somebody knows.</summary>
    Acknowledged = 2,

    /// <summary>Its condition came and went, and nobody has acknowledged that it was there.</summary>
    ReturnedUnacknowledged = 3,

    /// <summary>Somebody put it aside until a given time. What it would be otherwise goes on underneath.</summary>
    Shelved = 4,
}

/// <summary>What the second part of a cause names.</summary>
public enum AlarmSubject
{
    /// <summary>Nothing: there is one such alarm for the city.</summary>
    City = 1,

    /// <summary>A facility of the city file.</summary>
    Facility = 2,

    /// <summary>A gate of the city file.</summary>
    Gate = 3,

    /// <summary>A holiday calendar. Its alarm is the city's.</summary>
    Calendar = 4,
}
