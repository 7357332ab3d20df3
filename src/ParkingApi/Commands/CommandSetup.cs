using Parking.Admission;
using Parking.Api.Hosting.Audit;
using Parking.Commands;

namespace Parking.Api.Commands;

/// <summary>Registers the services behind commands to gates.</summary>
internal static class CommandSetup
{
    public static void AddCommands(this IServiceCollection services)
    {
        services.AddSingleton<CommandBacklog>();
        services.AddSingleton<ICommandWitness, CommandReport>();
        services.AddSingleton<GateCommands>();
        services.AddSingleton<CommandPoll>();
        services.AddSingleton<LetOutHandler>();
    }
}
