namespace Parking.Simulation.Demo;

/// <summary>What a driver of the demo does.</summary>
public enum DriverRole
{
    /// <summary>Comes, parks for some seconds, leaves.</summary>
    Visitor,

    /// <summary>Comes and stays to the end.</summary>
    Resident,

    /// <summary>Shows a code that was fetched long ago; then a fresh one.</summary>
    LateCode,

    /// <summary>Lends a picture of the code to somebody at another gate, after it has opened the first.</summary>
    CopiedCode,

    /// <summary>Shows a code of the right form, signed with a key of their own.</summary>
    Forger,

    /// <summary>Shows a code in which one character was changed; then the true one.</summary>
    DamagedCode,

    /// <summary>Shows some other QR symbol first.</summary>
    WrongPicture,

    /// <summary>Tries to bring the same vehicle in a second time.</summary>
    TwiceIn,

    /// <summary>Has two vehicles, both parked at once, each with its own code.</summary>
    TwoVehicles,

    /// <summary>The service's answers get lost on the way: the gate decides alone, and its report finds them decided.</summary>
    LostAnswer,

    /// <summary>Leaves where no entry was recorded: the barrier opens.</summary>
    UnseenEntry,

    /// <summary>The same where an attendant looks at such cases.</summary>
    AttendedExit,

    /// <summary>Takes one of the few places of the smallest facility.</summary>
    Filler,

    /// <summary>Comes when these are taken.</summary>
    TurnedAway,
}
