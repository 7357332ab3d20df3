using Parking.Api.Stays;
using Parking.Contracts;
using Parking.Timelines;
using StayState = Parking.Timelines.StayState;

namespace Parking.Api.Tests.Stays;

/// <summary>Doubts are about a stay that is there. One that became part of another, or did not take place, has none to tell.</summary>
public class StayDoubtsTests
{
    [Theory]
    [InlineData(StayState.Conflicting, true)]
    [InlineData(StayState.Superseded, false)]
    [InlineData(StayState.Withdrawn, false)]
    public void Doubts_AreTold_WhileTheStayIsThere(StayState state, bool areTold) =>
        Assert.Equal(areTold ? [StayDoubt.TwoPlaces] : null, StayDoubts.TwoPlaces.ToContract(state));

    [Fact]
    public void Doubts_OfAStayThatIsGone_AreTakenBack()
    {
        var before = new ToldStay(null, null, null, default, StayState.Conflicting, StayDoubts.TwoPlaces, null);

        var changes = StayDifferences.Between(before, before with { State = StayState.Superseded });

        Assert.Contains(new StayChange("doubts", "two_places", null), changes);
    }
}
