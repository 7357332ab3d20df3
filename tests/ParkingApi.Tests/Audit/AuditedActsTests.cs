using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Tests.Infrastructure;
using Parking.BackOffice.Audit;
using Parking.BackOffice.Sql;
using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Tests.Audit;

/// <summary>An act that was done keeps its outcome, also if the database goes away in the middle of it.</summary>
public sealed class AuditedActsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outcome_WhileTheDatabaseIsAway_WaitsAndIsEnteredOnce()
    {
        using var folder = new TempFolder();
        using var sql = new InterruptedDatabase(new SqliteBackOffice(folder.PathOf("backoffice.db")));
        using var app = new ParkingApplication();
        var staff = Staff.Of(new(), app.Services.GetRequiredService<DutyReader>());
        var clock = app.Services.GetRequiredService<IClock>();
        var acts = new AuditedActs(new(sql, clock), app.Services.GetRequiredService<CityDirectory>(), clock);
        var begun = await acts.BeginAsync(
            AuditSubject.OfCity("record_events"), staff, new(new(DutyKind.Watch, Scope.City), Scope.Of(new FacilityId("nowhere"))));

        sql.IsAway = true;
        await acts.EndAsync(begun, "done");
        await acts.EndAsync(begun, "done");
        await acts.EndAsync(begun, "ended");
        await Assert.ThrowsAsync<BackOfficeUnavailableException>(acts.CatchUpAsync);
        sql.IsAway = false;
        await acts.CatchUpAsync();
        await acts.EndAsync(begun, "done");

        var act = Assert.Single((await new AuditLog(sql).PageAsync(new(null, true, null, null, null, null, null, 9), Cancellation)).Acts);
        Assert.Equal(("unnamed", "watch@city", null), (act.Intent.Staff, act.Intent.Duty, act.Intent.Facility));
        Assert.Equal(["done", "ended"], act.Outcomes.Select(outcome => outcome.Result));
    }
}
