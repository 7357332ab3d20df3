using static Parking.Optics.Distortion;

namespace Parking.Optics;

/// <summary>The named distortions, in sets.</summary>
public static class DistortionSets
{
    /// <summary>What readers have been compared on from the beginning, the mildest first.</summary>
    public static IReadOnlyList<Distortion> Classic { get; } =
    [
        Clean, TwoPixelModules, AnyRotation, Perspective15, Perspective40, Blur035, Blur055, Noise30, Noise60, LowContrast, LightGradient,
        Jpeg15, GlareSpot, MoireStripes, Inverted, GateMix, GateHard,
    ];

    /// <summary>What else gates meet.</summary>
    public static IReadOnlyList<Distortion> AtGates { get; } =
    [
        QuarterTurn, UpsideDown, Far, Close, BarrelLens, Cylinder, Mirrored, Damaged, LowInk, InkSpread, PhoneScreen, DimScreen,
        GlassReflection,
        HardShadow, LowLight, Overexposed, Moving, DefocusNoise,
    ];

    public static IReadOnlyList<Distortion> All { get; } = [.. Classic, .. AtGates];

    /// <summary>
    /// Nothing is wrong with the symbol but how it is held: a reader that loses one in a thousand of these is not good enough.
    /// </summary>
    public static IReadOnlyList<Distortion> Posed { get; } = [Clean, AnyRotation, Perspective15, Perspective40, QuarterTurn, UpsideDown];
}
