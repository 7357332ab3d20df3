namespace Parking.Api.Recording;

/// <summary>Why a service ends a recording by itself.</summary>
internal enum RecordingEnding
{
    /// <summary>What happened was read too slowly, and no more of it could be held.</summary>
    ReadTooSlowly,

    /// <summary>The service is shutting down.</summary>
    ServiceStops,
}
