using System.Collections.Frozen;
using Parking.GateProtocol;

namespace Parking.Alarms;

/// <summary>What an alarm says to people.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Meaning">What it means, and what follows if nobody acts.</param>
/// <param name="Action">What to do.</param>
public sealed record AlarmText(BilingualText Name, BilingualText Meaning, BilingualText Action)
{
    private static readonly FrozenDictionary<AlarmKind, AlarmText> Texts = new Dictionary<AlarmKind, AlarmText>
    {
        [AlarmKind.StoreUnreachable] = Of(
            "实时数据库无法访问", "Live store out of reach",
            "闸机按离线规则自行决定，占用数未知。", "Gates decide alone by their offline rules; nobody knows how full car parks are.",
            "恢复数据库或其网络；恢复后一切自动补齐。", "Bring the store or the way to it back; what was missed comes in by itself."),
        [AlarmKind.ManyGatesSilent] = Of(
            "多数闸机失去联系", "Most gates silent",
            "全市至少一半闸机没有信号，它们按离线规则自行决定。", "At least half of the city's gates are not heard; they decide alone.",
            "检查服务的入口、负载均衡和网络。", "Look at the service's address, its load balancer and the network."),
        [AlarmKind.ExitBarrierFault] = Of(
            "出口道闸故障", "Exit barrier fault",
            "出口道闸不听指令，车辆可能出不去。", "The barrier does not obey; people may be shut in.",
            "请现场人员手动打开，并联系维修。", "Have it opened by hand, and call a technician."),
        [AlarmKind.EntryBarrierFault] = Of(
            "入口道闸故障", "Entry barrier fault",
            "入口道闸不听指令，车辆可能进不来，或不经登记进入。", "The barrier does not obey; people may be shut out, or come in unseen.",
            "引导车辆走其他入口，并联系维修。", "Send people to another entry, and call a technician."),
        [AlarmKind.BackOfficeUnreachable] = Of(
            "后台数据库无法访问", "Back office out of reach",
            "闸机不受影响；存档查询、报警确认暂不可用，数据稍后补齐。",
            "Gates notice nothing; archived stays cannot be searched, alarms not acknowledged. It catches up later.",
            "恢复后台数据库或其网络。", "Bring its database or the way to it back."),
        [AlarmKind.FacilitySilent] = Of(
            "停车场所有闸机失去联系", "All gates of a facility silent",
            "该停车场的闸机按离线规则自行决定，占用数不可靠。", "Its gates decide alone; what they see arrives later, and its figures are in doubt.",
            "检查该停车场的网络和电源。", "Look at the network and the power of the facility."),
        [AlarmKind.GateSilent] = Of(
            "闸机失去联系且有未上传事件", "Silent gate with unsent events",
            "闸机没有信号，其事件尚未到达，停车记录和占用数不完整。", "It is not heard and its events are missing: stays and figures are incomplete.",
            "检查闸机的电源和网络；不要更换其磁盘。", "Look at its power and network; keep its disk."),
        [AlarmKind.EventConflict] = Of(
            "闸机事件编号重复", "Event number used twice",
            "两个不同的事件使用了同一编号，第二个没有被接收。", "Two events have one number, and the second was not taken: a disk was copied or restored.",
            "停用该闸机的备用副本，更换日志后重启。", "Find the copy and switch it off; let the gate begin a new journal."),
        [AlarmKind.ConflictingStays] = Of(
            "停车记录互相矛盾", "Conflicting stays",
            "过去一天内有停车记录无法确认，其费用需要人工判断。", "Stays of the last day cannot be trusted; a person has to decide what they cost.",
            "在存档中查看状态为“有冲突”的停车记录。", "Look at the stays in the state conflicting."),
        [AlarmKind.BadSignatures] = Of(
            "多个码签名无效", "Run of invalid signatures",
            "十分钟内多个码签名无效：可能有人伪造，或读头、密钥有问题。",
            "Five codes in ten minutes had an invalid signature: somebody forges codes, or reader or keys are wrong.",
            "查看现场；若各处都有，检查密钥。", "Look at the lane; if it is so everywhere, look at the keys."),
        [AlarmKind.RefusesEverybody] = Of(
            "闸机拒绝所有人", "Gate refuses everybody",
            "连续多个码被拒绝，可能是读头、密钥或时钟的问题。", "Code after code is refused: it is rather the reader, the keys or the clock.",
            "检查读头、密钥和时钟；必要时远程放行。", "Look at reader, keys and clock; open from afar if need be."),
        [AlarmKind.Tailgating] = Of(
            "跟车通行", "Tailgating",
            "一次开闸有第二辆车通过，占用数偏差。", "A second vehicle passed on one opening: the figures are off by one.",
            "查看录像；经常发生时调整道闸时间。", "Look at the camera; if it happens often, shorten the opening."),
        [AlarmKind.CountOverdue] = Of(
            "应清点车辆", "Count overdue",
            "上次清点太久，或未解释的通行太多，显示的数字不可靠。", "The last count is old, or many passages have no stay: the figure shown is in doubt.",
            "清点停放车辆并登记数量。", "Count the parked vehicles, and enter the number."),
        [AlarmKind.CalendarEnds] = Of(
            "节假日日历即将到期", "Holiday calendar ends",
            "到期后没有节假日，节假日收费会出错。", "After its end there are no holidays, and fees on holidays are wrong.",
            "在城市文件中加入新一年的日历。", "Name a newer calendar in the city file."),
        [AlarmKind.LongStays] = Of(
            "停车超过合理时长", "Implausibly long stays",
            "有停车记录超过该处的合理时长，可能漏记出场。", "Vehicles are parked for longer than is plausible there: an exit was probably missed.",
            "现场查看最早的停车记录；不在则结束它们。", "Look for the oldest ones; end those whose vehicle is gone."),
    }.ToFrozenDictionary();

    /// <summary>The texts of a kind.</summary>
    public static AlarmText Of(AlarmKind kind) => Texts[kind];

    private static AlarmText Of(
        string nameZh, string nameEn, string meaningZh, string meaningEn, string actionZh, string actionEn) =>
        new(new(nameZh, nameEn), new(meaningZh, meaningEn), new(actionZh, actionEn));
}
