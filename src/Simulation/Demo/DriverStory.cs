using System.Diagnostics;
using Parking.GateProtocol;
using Parking.Simulation.Cities;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Demo;

/// <summary>
/// The steps of one driver, with the decision expected at each. A story ends early after an unexpected decision, because the decisions
/// after it cannot be predicted.
/// </summary>
internal sealed class DriverStory(DriverPlan driver, CitizenPhone phone, DemoStage stage)
{
    /// <summary>The text of a QR symbol that is not a parking code.</summary>
    private const string PosterText = "https://example.org/parking/welcome";

    private int _taps;

    /// <summary>Runs the steps.</summary>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        if (driver.Vehicles.Count > 0)
        {
            await phone.RegisterAsync(driver.Vehicles, cancellationToken);
        }
        await PlayRoleAsync(cancellationToken);
    }

    private Task PlayRoleAsync(CancellationToken cancellationToken) => driver.Role switch
    {
        DriverRole.Visitor => VisitAsync(losesAnswers: false, cancellationToken),
        DriverRole.LostAnswer => VisitAsync(losesAnswers: true, cancellationToken),
        DriverRole.Resident => ComeAndStayAsync(cancellationToken),
        DriverRole.LateCode => ShowLateCodeAsync(cancellationToken),
        DriverRole.CopiedCode => LendCopyAsync(cancellationToken),
        DriverRole.Forger => ForgeAsync(cancellationToken),
        DriverRole.DamagedCode => ShowDamagedCodeAsync(cancellationToken),
        DriverRole.WrongPicture => ShowPosterAsync(cancellationToken),
        DriverRole.TwiceIn => ComeTwiceAsync(cancellationToken),
        DriverRole.TwoVehicles => BringTwoVehiclesAsync(cancellationToken),
        DriverRole.UnseenEntry => LeaveUnseenAsync(ScanReason.MissedEntry, cancellationToken),
        DriverRole.AttendedExit => LeaveUnseenAsync(ScanReason.CallAttendant, cancellationToken),
        DriverRole.Filler => FillAsync(cancellationToken),
        DriverRole.TurnedAway => FindFullAsync(cancellationToken),
        _ => throw new UnreachableException($"{driver.Role} has no story."),
    };

    private async Task VisitAsync(bool losesAnswers, CancellationToken cancellationToken)
    {
        await WaitAsync(driver.ArrivesAfter, cancellationToken);
        if (await EnterAsync(losesAnswers ? ScanReason.OpenedOffline : ScanReason.Entered, cancellationToken, losesAnswers))
        {
            await WaitAsync(driver.StaysFor, cancellationToken);
            await ExitAsync(losesAnswers ? ScanReason.OpenedOffline : ScanReason.Exited, cancellationToken, losesAnswers);
        }
    }

    private async Task ComeAndStayAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(driver.ArrivesAfter, cancellationToken);
        await EnterAsync(ScanReason.Entered, cancellationToken);
    }

    private async Task ShowLateCodeAsync(CancellationToken cancellationToken)
    {
        var early = await phone.FetchAsync(driver.Plate(0), cancellationToken);
        await stage.WaitUntilExpiredAsync(early.ExpiresAt, cancellationToken);
        if (await ShowAsync(driver.Home, GateDirection.Entry, early.Code, ScanReason.Expired, cancellationToken))
        {
            await EnterAsync(ScanReason.Entered, cancellationToken);
        }
    }

    private async Task LendCopyAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(driver.ArrivesAfter, cancellationToken);
        var code = (await phone.FetchAsync(driver.Plate(0), cancellationToken)).Code;
        if (await ShowAsync(driver.Home, GateDirection.Entry, code, ScanReason.Entered, cancellationToken)
            && await ShowAsync(driver.Other, GateDirection.Entry, code, ScanReason.CodeUsed, cancellationToken))
        {
            await WaitAsync(driver.StaysFor, cancellationToken);
            await ExitAsync(ScanReason.Exited, cancellationToken);
        }
    }

    private async Task ForgeAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(driver.ArrivesAfter, cancellationToken);
        await ShowAsync(driver.Home, GateDirection.Entry, stage.ForgeCode(), ScanReason.UnknownKey, cancellationToken);
    }

    private async Task ShowDamagedCodeAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(driver.ArrivesAfter, cancellationToken);
        var code = (await phone.ShowAsync(driver.Plate(0), cancellationToken)).Code;
        if (await ShowAsync(driver.Home, GateDirection.Entry, CodeDamage.ChangeSignature(code), ScanReason.BadSignature, cancellationToken))
        {
            await EnterAsync(ScanReason.Entered, cancellationToken);
        }
    }

    private async Task ShowPosterAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(driver.ArrivesAfter, cancellationToken);
        if (await ShowAsync(driver.Home, GateDirection.Entry, PosterText, ScanReason.NotACode, cancellationToken))
        {
            await EnterAsync(ScanReason.Entered, cancellationToken);
        }
    }

    private async Task ComeTwiceAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(driver.ArrivesAfter, cancellationToken);
        if (await EnterAsync(ScanReason.Entered, cancellationToken)
            && await TapAsync(driver.Other, GateDirection.Entry, 0, ScanReason.AlreadyParked, cancellationToken)
            && await EnterAsync(ScanReason.AlreadyParked, cancellationToken))
        {
            await WaitAsync(driver.StaysFor, cancellationToken);
            await ExitAsync(ScanReason.Exited, cancellationToken);
        }
    }

    private async Task BringTwoVehiclesAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(driver.ArrivesAfter, cancellationToken);
        if (await TapAsync(driver.Home, GateDirection.Entry, 0, ScanReason.Entered, cancellationToken)
            && await TapAsync(driver.Other, GateDirection.Entry, 1, ScanReason.Entered, cancellationToken))
        {
            await WaitAsync(driver.StaysFor, cancellationToken);
            await TapAsync(driver.Other, GateDirection.Exit, 1, ScanReason.Exited, cancellationToken);
        }
    }

    private async Task LeaveUnseenAsync(ScanReason expected, CancellationToken cancellationToken)
    {
        await WaitAsync(driver.ArrivesAfter, cancellationToken);
        await ExitAsync(expected, cancellationToken);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(driver.ArrivesAfter, cancellationToken);
        var isIn = await EnterAsync(ScanReason.Entered, cancellationToken);
        stage.SmallHouse.Filled.Signal();
        if (driver.Number == stage.SmallHouse.LeavesAgain)
        {
            await stage.SmallHouse.TurnedAway.WaitAsync(cancellationToken);
            _ = isIn && await ExitAsync(ScanReason.Exited, cancellationToken);
            stage.SmallHouse.PlaceFreed.Signal();
        }
    }

    private async Task FindFullAsync(CancellationToken cancellationToken)
    {
        await stage.SmallHouse.Filled.WaitAsync(cancellationToken);
        var isTurnedAway = await EnterAsync(ScanReason.Full, cancellationToken);
        stage.SmallHouse.TurnedAway.Signal();
        if (driver.Number == stage.SmallHouse.TriesAgain)
        {
            await stage.SmallHouse.PlaceFreed.WaitAsync(cancellationToken);
            _ = isTurnedAway && await EnterAsync(ScanReason.Entered, cancellationToken);
        }
    }

    private Task<bool> EnterAsync(ScanReason expected, CancellationToken cancellationToken, bool losesAnswer = false) =>
        TapAsync(driver.Home, GateDirection.Entry, 0, expected, cancellationToken, losesAnswer);

    private Task<bool> ExitAsync(ScanReason expected, CancellationToken cancellationToken, bool losesAnswer = false) =>
        TapAsync(driver.Home, GateDirection.Exit, 0, expected, cancellationToken, losesAnswer);

    /// <summary>Shows the phone's current code.</summary>
    private async Task<bool> TapAsync(
        FacilityPlan facility, GateDirection direction, int vehicle, ScanReason expected, CancellationToken cancellationToken,
        bool losesAnswer = false)
    {
        var plate = driver.Plate(vehicle);
        var isAsExpected = await TapAsync(
            facility, direction, async token =>
                (await phone.ShowAsync(plate, token)).Code, plate, expected, losesAnswer, cancellationToken);
        phone.MarkUsed();
        return isAsExpected;
    }

    /// <summary>Shows a given text.</summary>
    private Task<bool> ShowAsync(
        FacilityPlan facility, GateDirection direction, string text, ScanReason expected, CancellationToken cancellationToken) =>
        TapAsync(facility, direction, _ => Task.FromResult(text), driver.Plate(0), expected, losesAnswer: false, cancellationToken);

    private async Task<bool> TapAsync(
        FacilityPlan facility,
        GateDirection direction,
        Func<CancellationToken, Task<string>> text,
        string? plate,
        ScanReason expected,
        bool losesAnswer,
        CancellationToken cancellationToken)
    {
        var gates = facility.Gates.Where(gate => gate.Direction == direction).ToList();
        var tap = new Tap
        {
            Driver = driver,
            Index = _taps++,
            Facility = facility,
            Gate = gates[driver.Number % gates.Count],
            Text = text,
            Plate = plate,
            Expected = expected,
            LosesAnswer = losesAnswer,
        };
        return (await stage.TapAsync(tap, cancellationToken)).IsAsExpected;
    }

    private Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) => stage.WaitAsync(time, cancellationToken);
}
