using System.Collections.Immutable;
using Parking.Tariffs.Documents;

namespace Parking.Facilities;

/// <summary>
/// A point on the city's schematic map: a grid from 0 to <see cref="Max"/> both ways, x to the right (east) and y down (south). It has no
/// scale: the map shows where things are relative to each other.
/// </summary>
public readonly record struct MapPoint(int X, int Y)
{
    /// <summary>The largest value of x and of y.</summary>
    public const int Max = 1000;

    private const int MinCorners = 3;
    private const int MaxCorners = 64;
    private static readonly string ExpectedPoint = $"[x, y], two whole numbers from 0 to {Max}";
    private static readonly string ExpectedOutline = $"a list of {MinCorners} to {MaxCorners} points [x, y]";

    /// <summary>Reads a point of the city file; null if it is invalid, which is noted.</summary>
    internal static MapPoint? Read(DocumentNode node)
    {
        var values = node.Items(ExpectedPoint, 2).ToList();
        if (values.Count == 1)
        {
            node.Reject("the list has 1 member", ExpectedPoint);
        }

        var numbers = values.Select(value => value.WholeNumber(0, Max)).ToList();
        return numbers is [{ } x, { } y] ? new((int)x, (int)y) : null;
    }

    /// <summary>Reads the corners of an area in the city file; empty if they are invalid, which is noted.</summary>
    internal static ImmutableArray<MapPoint> ReadOutline(DocumentNode node)
    {
        var corners = node.Items(ExpectedOutline, MaxCorners).ToList();
        if (corners.Count is > 0 and < MinCorners)
        {
            node.Reject($"the list has {corners.Count} members", ExpectedOutline);
        }

        return [.. corners.Select(Read).OfType<MapPoint>()];
    }
}
