using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>
/// Closes an open stay for an operator who knows that its vehicle is not there. It has the effect of an inventory that names this stay: no
/// fee follows from it, and the vehicle's exit, should it come, ends the stay after all.
/// </summary>
/// <remarks>No gate keeps this event. A store that loses its last moments loses it, and the stay is listed again.</remarks>
public sealed partial class StayClosing(
    ITimelineStore timelines, StayNames names, SpaceAudit audit, IClock clock, ILogger<StayClosing> logger)
{
    /// <param name="name">The stay's name.</param>
    /// <param name="staff">The operator as the log names them; never a citizen code.</param>
    /// <returns>The stay after the attempt; null if there is none of this name.</returns>
    public async Task<Stay?> CloseAsync(CodeId name, string staff)
    {
        var holder = names.HolderOf(name);
        while (true)
        {
            var stored = await timelines.LoadAsync(holder);
            var timeline = RecentTimelines.Decode(stored.Content);
            var stay = timeline.Stays.FirstOrDefault(stay => names.NameOf(holder, stay) == name);
            if (stay is not { IsOpen: true })
            {
                return stay;
            }

            var next = timeline.Add(Closing(stay, clock.GetCurrentInstant().ToMilliseconds()));
            if (await timelines.CommitAsync(holder, stored.Version, RecentTimelines.Encode(next)))
            {
                Closed(logger, staff, stay.Id, stay.Facility);
                await audit.FollowAsync(holder, timeline, next, stored.Version + 1);
                return next.Stays.First(after => after.Id == stay.Id);
            }
        }
    }

    [LoggerMessage(4007, LogLevel.Information, "Operator {Staff} closed the stay {Stay} at {Facility}", EventName = "StayClosed")]
    private static partial void Closed(ILogger logger, string staff, GateEventId stay, FacilityId facility);

    private static InventoryEvent Closing(Stay stay, Instant now) => new()
    {
        Id = new(InventoryEvent.OperatorsGate, new(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8))), 1),
        Facility = stay.Facility,
        DeviceTime = now,
        ClockOffset = Duration.Zero,
        TakenInAt = now,
        Sent = default,
        Closes = [stay.Id.Digest()],
    };
}
