using System.Collections.Frozen;

namespace Parking.GateProtocol;

/// <summary>
/// What follows from a reason alone, one row for each. A reason that this version does not know opens nothing, and has a text that sends
/// the driver to a person.
/// </summary>
public static class ScanReasons
{
    private const bool Open = true, Shut = false;

    /// <summary>Whether a gate that decides alone can have the reason.</summary>
    private const bool Alone = true, Online = false;

    private static readonly GateDisplay NotOurs = new("请出示停车码", "Please show your parking code");

    private static readonly GateDisplay Forged = new("无效码，请刷新后重试", "Invalid code. Refresh and try again");

    private static readonly GateDisplay NoDevice = new("离线码已失效，请联网后刷新", "Offline code ended. Please go online");

    private static readonly GateDisplay Pass = new("请通行", "Please pass");

    private static readonly GateDisplay NoRule = new("暂不可用，请联系工作人员", "Out of service. Please call an attendant");

    private static readonly Row Unknown = new(default, Shut, Online, "未知", new("请联系工作人员", "Please call an attendant"));

    private static readonly FrozenDictionary<ScanReason, Row> Rows = new Row[]
    {
        new(ScanReason.Entered, Open, Online, "入场", new("欢迎，请进", "Welcome")),
        new(ScanReason.EnteredAfterMissedExit, Open, Online, "入场(补离场)", new("欢迎，请进。上次离场未记录", "Welcome. Your last exit was not seen")),
        new(ScanReason.Exited, Open, Online, "离场", new("一路平安", "Goodbye")),
        new(ScanReason.MissedEntry, Open, Online, "离场(无入场)", new("一路平安。入场未记录", "Goodbye. Your entry was not seen")),
        new(ScanReason.OpenedOffline, Open, Alone, "离线放行", Pass),
        new(ScanReason.OpenedOfflineLate, Open, Alone, "离线放行(过期码)", Pass),
        new(ScanReason.LetOut, Open, Online, "人工放行", new("一路平安", "Goodbye")),
        new(ScanReason.NotACode, Shut, Alone, "不是停车码", NotOurs),
        new(ScanReason.BadEncoding, Shut, Alone, "编码有误", NotOurs),
        new(ScanReason.BadShape, Shut, Alone, "格式有误", NotOurs),
        new(ScanReason.UnsupportedAlgorithm, Shut, Alone, "算法不支持", NotOurs),
        new(ScanReason.UnknownKey, Shut, Alone, "密钥未知", Forged),
        new(ScanReason.BadSignature, Shut, Alone, "签名不符", Forged),
        new(ScanReason.NotYetValid, Shut, Alone, "尚未生效", new("手机时间有误，请刷新后重试", "Not valid yet. Refresh and try again")),
        new(ScanReason.Expired, Shut, Alone, "已过期", new("码已过期，请刷新", "Code expired. Please refresh")),
        new(ScanReason.BadCertificate, Shut, Alone, "证书不符", Forged),
        new(ScanReason.OutsideCertificate, Shut, Alone, "证书期外", NoDevice),
        new(ScanReason.CodeUsed, Shut, Alone, "已使用", new("码已使用，请刷新", "Code already used. Please refresh")),
        new(ScanReason.AlreadyParked, Shut, Online, "已在场内", new("车辆已在场内", "This vehicle is already parked")),
        new(ScanReason.Full, Shut, Alone, "车位已满", new("车位已满", "Car park full")),
        new(ScanReason.CallAttendant, Shut, Online, "呼叫人工", new("请稍候，正在呼叫工作人员", "Please wait for an attendant")),
        new(ScanReason.OfflineShut, Shut, Alone, "离线不放行", NoRule),
        new(ScanReason.OfflineLimit, Shut, Alone, "离线放行已满", NoRule),
        new(ScanReason.FacilityClosed, Shut, Alone, "停车场已关闭", new("停车场已关闭", "Car park closed")),
        new(ScanReason.LaneLocked, Shut, Alone, "入口已锁", new("此入口已关闭，请走其他入口", "This entry is closed. Please use another")),
        new(ScanReason.DeviceRevoked, Shut, Alone, "离线码已停用", NoDevice),
    }.ToFrozenDictionary(row => row.Reason);

    /// <summary>Whether the barrier opens.</summary>
    public static bool Opens(this ScanReason reason) => Of(reason).Opens;

    /// <summary>The decision that the reason is given for.</summary>
    public static GateDecision Decision(this ScanReason reason) => reason.Opens() ? GateDecision.Open : GateDecision.Refuse;

    /// <summary>Whether a gate that decides alone can have this reason, so that a scan may report it as <c>local</c>.</summary>
    public static bool MayBeLocal(this ScanReason reason) => Of(reason).MayBeLocal;

    /// <summary>Whether the code itself keeps the barrier shut: what it is, when it was issued, or that it was used before.</summary>
    public static bool IsOfTheCode(this ScanReason reason) =>
        reason is >= ScanReason.NotACode and <= ScanReason.OutsideCertificate or ScanReason.CodeUsed or ScanReason.DeviceRevoked;

    /// <summary>The text beside the barrier, if nothing more is known than the reason.</summary>
    public static GateDisplay Display(this ScanReason reason) => Of(reason).Display;

    /// <summary>The reason in a Chinese word, for tables.</summary>
    public static string Word(this ScanReason reason) => Of(reason).Word;

    private static Row Of(ScanReason reason) => Rows.GetValueOrDefault(reason, Unknown);

    private sealed record Row(ScanReason Reason, bool Opens, bool MayBeLocal, string Word, GateDisplay Display);
}
