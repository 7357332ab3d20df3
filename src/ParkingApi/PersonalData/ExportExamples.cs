using NodaTime;
using Parking.Api.Archive;
using Parking.Api.Stays;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.PersonalData;

/// <summary>An export for the OpenAPI document: one stay, of a vehicle whose plate was corrected and that is shared.</summary>
internal static class ExportExamples
{
    private static readonly Instant EnteredAt = StayExamples.Revised.EnteredAt!.Value;

    public static ExportAnswer Whole { get; } = new()
    {
        AsOf = EnteredAt + Duration.FromHours(5),
        Vehicles =
        [
            new()
            {
                Number = 1,
                Plate = "沪A12345",
                Class = VehicleClass.Car,
                FormerPlates = [new() { Plate = "沪A12346", Until = EnteredAt - Duration.FromDays(2) }],
                Shares = [new() { Share = "0c5b1f9e7a3d48268e4f6a1b2c3d4e5f", Since = EnteredAt - Duration.FromDays(1) }],
            },
            new() { Number = 2, Plate = "沪AD01234", Class = VehicleClass.Electric, RemovedAt = EnteredAt - Duration.FromDays(3) },
        ],
        Entitlements = ["resident"],
        SharedVehicles = [],
        Stays = [StayExamples.Revised],
        ArchivedStays = [ArchiveExamples.MyStay.Stay],
        Scans =
        [
            new()
            {
                Event = "hsp-in-1/9f2c4e1ab03d5577/14",
                Facility = "hsp",
                Direction = GateDirection.Entry,
                At = EnteredAt,
                RecordedAt = EnteredAt + Duration.FromMilliseconds(8),
                Reason = ScanReason.Entered,
                Vehicle = 1,
                Code = "7f0e2d4c6b8a39185766f4e3d2c1b0a9",
                Terms = new() { TariffVersion = 1, Class = VehicleClass.Car, OccupancyPercent = 62, Entitlements = ["resident"] },
                Acts =
                [
                    new()
                    {
                        Act = BarrierAct.Passed,
                        At = EnteredAt + Duration.FromSeconds(6),
                        RecordedAt = EnteredAt + Duration.FromMinutes(80),
                    },
                ],
            },
        ],
        Cases =
        [
            new()
            {
                Number = "1042-8",
                Kind = CaseKind.Dispute,
                State = CaseState.Open,
                Stay = StayExamples.Revised.Id,
                Reason = DisputeReason.Times,
                Text = "I left at noon, and was charged until one o'clock.",
                OpenedAt = EnteredAt + Duration.FromHours(4),
            },
        ],
    };
}
