using System.Diagnostics;
using System.Reflection;
using Parking.Facilities;

namespace Parking.Api.Hosting.Identity;

/// <summary>The calling gate. Only the pipeline can create one, and only behind <see cref="Policies.Gate"/>.</summary>
internal sealed class GateDevice
{
    private GateDevice(Gate gate) => Gate = gate;

    public Gate Gate { get; }

    public static ValueTask<GateDevice?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        GateAuthenticationHandler.GateOf(context) is { } gate
            ? ValueTask.FromResult<GateDevice?>(new(gate))
            : throw new UnreachableException($"{parameter.Member.Name} takes a gate, but its route does not require one.");
}
