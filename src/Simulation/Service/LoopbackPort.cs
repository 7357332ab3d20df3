using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Parking.Simulation.Service;

/// <summary>Finds free ports on the loopback address. A program on such a port can be killed and restarted on the same port.</summary>
internal static class LoopbackPort
{
    // This range is below the ephemeral ports that systems give to outgoing connections (32768 and up). Inside the ephemeral range, a
    // client that retries the port of a stopped server can get that port as its own local port. It then connects to itself, and the server
    // cannot bind the port again.
    private const int First = 20_000, End = 32_000, Attempts = 100;

    /// <summary>Finds a port that is free now. Another program may take it before it is used.</summary>
    /// <exception cref="ServiceStartException">No free port was found.</exception>
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
