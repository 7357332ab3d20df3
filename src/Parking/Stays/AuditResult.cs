namespace Parking.Stays;

/// <summary>What an audit mended: places of open stays that were not taken, and taken places that no open stay has.</summary>
public readonly record struct AuditResult(int Restored, int GivenBack)
{
    public static AuditResult Nothing => default;

    public static AuditResult operator +(AuditResult left, AuditResult right) =>
        new(left.Restored + right.Restored, left.GivenBack + right.GivenBack);
}
