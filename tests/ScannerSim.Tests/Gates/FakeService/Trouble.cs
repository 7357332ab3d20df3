namespace Parking.ScannerSim.Tests.Gates.FakeService;

/// <summary>What happens to a request.</summary>
internal enum Trouble
{
    None,

    /// <summary>The request never arrives.</summary>
    Lost,

    /// <summary>The request arrives and is handled, but its answer is lost.</summary>
    AnswerLost,

    /// <summary>The request arrives but is never answered.</summary>
    Hangs,

    /// <summary>The service answers that it is overloaded.</summary>
    Busy,

    /// <summary>The gate loses power before it sends the request.</summary>
    PowerFailsBefore,

    /// <summary>The gate loses power before it receives the answer.</summary>
    PowerFailsAfter,
}
