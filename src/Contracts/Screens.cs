using System.ComponentModel.DataAnnotations;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>Names a wall screen, which may then be opened once.</summary>
public sealed record ScreenRequest
{
    /// <summary>Its id, drawn by the client: a ULID. The same request with the same id again changes nothing.</summary>
    [RegularExpression(CommandIds.Pattern, ErrorMessage = "id is a ULID: 26 digits of Crockford's Base32 in capitals.")]
    public required string Id { get; init; }

    /// <summary>What people call it: 1 to 60 characters.</summary>
    [StringLength(60, MinimumLength = 1, ErrorMessage = "name has 1 to 60 characters.")]
    public required string Name { get; init; }

    /// <summary>What it watches: <c>city</c>, <c>district:&lt;id&gt;</c> or <c>facility:&lt;id&gt;</c>.</summary>
    public required string Scope { get; init; }
}

/// <summary>A wall screen that was named, and how it is opened.</summary>
public sealed record ScreenCodeAnswer
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// The code that opens it, once: ten digits and letters. A secret while it lives. Left out if it was opened, or the time is over.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>The address that opens it in the screen's browser, once; left out with the code.</summary>
    public string? Link { get; init; }

    /// <summary>Until when code and link count.</summary>
    public required Instant CodeUntil { get; init; }

    /// <summary>Without the code.</summary>
    public override string ToString() => $"screen {Id}";
}

/// <summary>All wall screens.</summary>
/// <param name="Screens">The last named first.</param>
public sealed record ScreenListAnswer(IReadOnlyList<ScreenAnswer> Screens)
{
    /// <summary>
    /// The ids of screens of which what is kept is damaged or of a later version. They are refused; revoke them, and name others. Left out
    /// if there are none.
    /// </summary>
    public IReadOnlyList<string>? Unreadable { get; init; }
}

/// <summary>A wall screen.</summary>
public sealed record ScreenAnswer
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it watches.</summary>
    public required string Scope { get; init; }

    /// <summary>Who named it: the claim <c>staff</c> of their token.</summary>
    public required string NamedBy { get; init; }

    /// <summary>When.</summary>
    public required Instant NamedAt { get; init; }

    /// <summary>When it was opened; left out if it was not yet.</summary>
    public Instant? OpenedAt { get; init; }

    /// <summary>When it was last seen, to the minute; left out if it never was.</summary>
    public Instant? SeenAt { get; init; }
}

/// <summary>Opens a wall screen in this browser.</summary>
public sealed record OpenScreenRequest
{
    /// <summary>The code. Case, spaces and hyphens do not matter.</summary>
    [StringLength(40, MinimumLength = 1, ErrorMessage = "code has ten digits and letters.")]
    public required string Code { get; init; }

    /// <summary>Without the code.</summary>
    public override string ToString() => "opening";
}
