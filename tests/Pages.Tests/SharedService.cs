namespace Parking.Pages.Tests;

/// <summary>
/// The classes that share one service, one after the other. They leave it running and connected, every facility open, and its two drivers
/// not parked. <see cref="ConsoleStateTests"/> leaves <c>nanjing-west-street</c> full, and no other test uses it. A gate that was heard and
/// is not any more makes its facility show that it is silent: no test sends anything for the gates of <c>jingan-temple</c>.
/// </summary>
[CollectionDefinition]
public sealed class SharedService : ICollectionFixture<LiveService>;
