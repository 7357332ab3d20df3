using Microsoft.Extensions.Options;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.BackOffice.Audit;

namespace Parking.Api.Audit;

/// <summary>Registers the audit: the chain, what fills it, and what reads it.</summary>
internal static class AuditSetup
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton(provider => AuditKey.OfSecret(provider.GetRequiredService<IOptions<SecretsOptions>>().Value.AuditKey!));
        services.AddSingleton<AuditChain>();
        services.AddSingleton<AuditHeads>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<CommandChaining>();
        services.AddSingleton<AuditedActs>();
        services.AddBackgroundWork<AuditService>();
    }
}
