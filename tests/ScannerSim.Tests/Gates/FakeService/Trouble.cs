namespace Parking.ScannerSim.Tests.Gates.FakeService;

/// <summary>What happens to a request.</summary>
internal enum Trouble
{
    None,

    /// <summary>It never arrives.</summary>
    Lost,

    /// <summary>It arrives and is dealt with, but its answer gets lost.</summary>
    AnswerLost,

    /// <summary>It arrives and is never answered.</summary>
    Hangs,

    /// <summary>The service says that it has too much to do.</summary>
    Busy,

    /// <summary>The gate loses its power before the request leaves.</summary>
    PowerFailsBefore,

    /// <summary>The gate loses its power before the answer is there.</summary>
    PowerFailsAfter,
}
