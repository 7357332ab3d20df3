using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Traces;

/// <summary>The members of a line that have been read so far.</summary>
/// <param name="number">The line's number, for messages.</param>
internal sealed class TraceLine(long number)
{
    private int _members;

    public Instant? At { get; set; }

    public string? Gate { get; set; }

    public string? Type { get; set; }

    public string? Driver { get; set; }

    public Vehicle? Vehicle { get; set; }

    public ShownCode Show { get; set; }

    public CodeSigner Signer { get; set; }

    public string? Code { get; set; }

    public VehicleMove Then { get; set; }

    public ScanReason? Expect { get; set; }

    public string? Reason { get; set; }

    public IReadOnlyList<string> Closes { get; set; } = [];

    public int? Count { get; set; }

    /// <summary>Notes that a member is present.</summary>
    /// <exception cref="TraceException">The member was present before.</exception>
    public void Note(string member)
    {
        var bit = 1 << TraceMembers.IndexOf(member);
        if ((_members & bit) != 0)
        {
            throw Fault(member, "occurs twice");
        }
        _members |= bit;
    }

    /// <exception cref="TraceException">There is a member that a line of this type does not have.</exception>
    public void CheckMembers(string type, string[] allowed)
    {
        if (TraceMembers.FirstOther(_members, allowed) is { } other)
        {
            throw Fault(other, $"a line of type {type} has no such member");
        }
    }

    public TraceException Fault(string member, string problem) => new(number, member, problem);

    public TraceException Missing(string member) => Fault(member, "missing");
}
