using Parking.Facilities;

namespace Parking.Rights;

/// <summary>What a person is there to do. Every duty includes <see cref="Watch"/>, and no other.</summary>
public enum DutyKind
{
    /// <summary>To see what happens.</summary>
    Watch = 1,

    /// <summary>To act on it: facilities, gates, stays.</summary>
    Operate = 2,

    /// <summary>To decide about money.</summary>
    Money = 3,

    /// <summary>To decide about rights, keys and settings.</summary>
    Admin = 4,
}

/// <summary>
/// One duty of a person, as the claim <c>duty</c> states it: <c>&lt;kind&gt;@&lt;scope&gt;</c>, such as <c>operate@district:huangpu</c>.
/// </summary>
public readonly record struct Duty(DutyKind Kind, Scope Scope)
{
    private static readonly DutyKind[] Kinds = Enum.GetValues<DutyKind>();

    /// <summary>Reads a claim's value. Case, spaces and order matter.</summary>
    /// <returns>False if the text is no duty.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Duty duty)
    {
        var at = text.IndexOf('@');
        foreach (var kind in Kinds)
        {
            if (at > 0 && text[..at].SequenceEqual(NameOf(kind)) && Scope.TryParse(text[(at + 1)..], out var scope))
            {
                duty = new(kind, scope);
                return true;
            }
        }

        duty = default;
        return false;
    }

    /// <summary>The word for a kind of duty in claims.</summary>
    public static string NameOf(DutyKind kind) => kind switch
    {
        DutyKind.Watch => "watch",
        DutyKind.Operate => "operate",
        DutyKind.Money => "money",
        DutyKind.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such duty."),
    };

    /// <summary>Whether who has this duty has the other one too.</summary>
    public bool Includes(Duty other, CityDirectory city) =>
        (Kind == other.Kind || other.Kind == DutyKind.Watch) && Scope.Includes(other.Scope, city);

    /// <summary>The duty as a claim states it.</summary>
    public override string ToString() => $"{NameOf(Kind)}@{Scope}";
}
