using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Facilities;

public sealed class FacilityStatesTests
{
    private static readonly FacilityId Yard = new("yuyuan");

    [Fact]
    public void Note_OfALookThatBeganBefore_ChangesNothing()
    {
        var states = new FacilityStates();
        states.Note(Yard, 2, FacilityState.Closed);

        states.Note(Yard, 1, FacilityState.Open);
        Assert.True(states.IsClosed(Yard));

        states.Note(Yard, 3, FacilityState.Open);
        Assert.False(states.IsClosed(Yard));
    }
}
