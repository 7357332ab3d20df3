using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Parking.Simulation.Service;

/// <summary>Finds ports of the loopback address for programs that are to be killed and to be found at the same place again.</summary>
internal static class LoopbackPort
{
    // Below what systems give to outgoing connections (32768 and up): from within that range, a client that knocks at the port of a dead
    // server can by chance be given that very port for its own end, talk to itself, and keep the server from coming back.
    private const int First = 20_000, End = 32_000, Attempts = 100;

    /// <summary>A port that is free now. Somebody may take it before it is used.</summary>
    /// <exception cref="ServiceStartException">None was found.</exception>
    public static int FindFree()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(First, End);
            if (IsFree(port))
            {
                return port;
            }
        }
        throw new ServiceStartException($"No free port was found from {First} to {End - 1} on the loopback address.");
    }

    /// <summary>The first port that is free now, from this one upwards. Somebody may take it before it is used.</summary>
    /// <exception cref="ServiceStartException">None of the next hundred is.</exception>
    public static int FindFreeFrom(int port)
    {
        var last = Math.Min(port + Attempts - 1, IPEndPoint.MaxPort);
        for (; port <= last; port++)
        {
            if (IsFree(port))
            {
                return port;
            }
        }
        throw new ServiceStartException($"No free port was found up to {last} on the loopback address.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
