using static Parking.Optics.Distortion;

namespace Parking.Optics;

/// <summary>Sets of the named distortions.</summary>
public static class DistortionSets
{
    /// <summary>The first seventeen kinds, approximately from mild to severe.</summary>
    public static IReadOnlyList<Distortion> Classic { get; } =
    [
        Clean, TwoPixelModules, AnyRotation, Perspective15, Perspective40, Blur035, Blur055, Noise30, Noise60, LowContrast, LightGradient,
        Jpeg15, GlareSpot, MoireStripes, Inverted, GateMix, GateHard,
    ];

    /// <summary>Further kinds that occur at gates.</summary>
    public static IReadOnlyList<Distortion> AtGates { get; } =
    [
        QuarterTurn, UpsideDown, Far, Close, BarrelLens, Cylinder, Mirrored, Damaged, LowInk, InkSpread, PhoneScreen, DimScreen,
        GlassReflection,
        HardShadow, LowLight, Overexposed, Moving, DefocusNoise,
    ];

    public static IReadOnlyList<Distortion> All { get; } = [.. Classic, .. AtGates];

    /// <summary>
    /// Kinds that differ only in how the symbol is held. A good reader loses fewer than one in a thousand of these frames.
    /// </summary>
    public static IReadOnlyList<Distortion> Posed { get; } = [Clean, AnyRotation, Perspective15, Perspective40, QuarterTurn, UpsideDown];
}
