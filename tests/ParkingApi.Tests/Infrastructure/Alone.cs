namespace Parking.Api.Tests.Infrastructure;

/// <summary>For tests that look at the whole process: no other test runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
