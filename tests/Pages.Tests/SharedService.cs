namespace Parking.Pages.Tests;

/// <summary>
/// The classes that share one service, one after the other. They leave it running and connected, every facility open, and nobody parked.
/// A gate that was heard and is not any more makes its facility show that it is silent: no test sends anything for the gates of
/// <c>jingan-temple</c>.
/// </summary>
[CollectionDefinition]
public sealed class SharedService : ICollectionFixture<LiveService>;
