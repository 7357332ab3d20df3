namespace Parking.Simulation.Replay.Report.Html;

/// <summary>
/// The page's style sheet, for light and dark displays, large screens and phones. It contains no character that XML treats specially.
/// </summary>
internal static class PageStyle
{
    public const string Css = """
        :root {
          color-scheme: light dark;
          --ground: #f6f7f5; --card: #ffffff; --ink: #1b2226; --soft: #5d6a72; --rule: #dfe4e2;
          --good: #16713c; --bad: #bb2011; --service: #0f5c9c; --oracle: #b8d3e8; --capacity: #8a6d1d; --fault: #d98a1f;
          --event: #7d6bb0; --refuse: #c9772b;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #14181b; --card: #1c2226; --ink: #e4e9ea; --soft: #94a2a9; --rule: #303a40;
            --good: #5cc588; --bad: #ff7b6b; --service: #6cb6f5; --oracle: #2b4a63; --capacity: #c7a955; --fault: #c98726;
            --event: #9d8bd3; --refuse: #d98d48;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
        main { max-width: 1120px; margin: 0 auto; padding: 28px 20px 48px; }
        h1 { font-size: clamp(28px, 6vw, 46px); line-height: 1.15; margin: 4px 0 8px; letter-spacing: -.01em; }
        h1 span { font-weight: 500; }
        h2 { font-size: 18px; margin: 0 0 12px; }
        h2 span, dt span, th span { color: var(--soft); font-weight: 400; }
        h3 { font-size: 15px; margin: 0; }
        h3 span { font-weight: 400; color: var(--soft); }
        p { margin: 0 0 8px; }
        a { color: var(--service); text-decoration: none; }
        a:hover { text-decoration: underline; }
        code { font: 12.5px/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        small { color: var(--soft); font-size: 12.5px; }
        .good { color: var(--good); }
        .bad { color: var(--bad); }
        .kicker, header p, .note, footer { color: var(--soft); }
        .kicker { margin: 0; }
        section { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: 18px 20px; margin-top: 16px; }
        dl.tiles { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 1px; margin: 16px 0 0;
          background: var(--rule); border: 1px solid var(--rule); border-radius: 12px; overflow: hidden; }
        .tiles div { background: var(--card); padding: 12px 16px; }
        .tiles dt { font-size: 13px; }
        .tiles dd { margin: 0; font-size: 21px; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .tiles dd.more { font-size: 12.5px; font-weight: 400; color: var(--soft); min-height: 1.5em; }
        ul.checks { list-style: none; margin: 0; padding: 0; }
        .checks li { display: grid; grid-template-columns: 24px 1fr auto; padding: 7px 0; border-top: 1px solid var(--rule); }
        .checks li:first-child { border-top: 0; }
        .checks small { display: block; }
        .checks span span { color: var(--soft); }
        ol.mismatches { list-style: none; margin: 0; padding: 0; display: grid;
          grid-template-columns: repeat(auto-fill, minmax(min(100%, 420px), 1fr)); column-gap: 24px; }
        .mismatches li { padding: 10px 0 10px 14px; border-left: 3px solid var(--bad); margin-bottom: 10px; }
        .mismatches p { margin: 2px 0 0; }
        .versus { display: flex; flex-wrap: wrap; gap: 2px 24px; }
        .versus i { color: var(--soft); font-style: normal; }
        :target { outline: 2px solid var(--service); outline-offset: 3px; }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: 13px; }
        .legend span span { color: var(--soft); }
        .key { display: inline-block; width: 20px; height: 10px; margin-right: 6px; }
        .key.oracle { background: var(--oracle); }
        .key.service { height: 0; border-top: 2px solid var(--service); vertical-align: middle; }
        .key.capacity { height: 0; border-top: 1.5px dashed var(--capacity); vertical-align: middle; }
        .key.fault { background: var(--fault); opacity: .3; }
        .key.wrong { width: 0; border-left: 2px solid var(--bad); vertical-align: middle; }
        .key.open { background: var(--good); } .key.refuse { background: var(--refuse); } .key.alone { background: var(--ink);
          height: 4px; vertical-align: middle; }
        .rows { display: grid; grid-template-columns: minmax(190px, 250px) minmax(0, 1fr); column-gap: 16px; align-items: center; }
        .label { padding: 4px 0; line-height: 1.35; }
        .label span { color: var(--soft); }
        .label small { display: block; font-variant-numeric: tabular-nums; }
        .label.lane { font-size: 13px; padding: 1px 0; }
        .label.lane small { display: inline; }
        .plot { position: relative; margin: 5px 0; }
        .plot svg { display: block; width: 100%; height: 74px; border-bottom: 1px solid var(--rule); }
        .plot.lane { margin: 2px 0; }
        .plot.lane svg { height: 13px; background: var(--ground); border: 0; border-radius: 3px; }
        .plot.tall svg { height: 22px; }
        .plot .y { position: absolute; left: 2px; transform: translateY(-100%); font-size: 11px; line-height: 1.15;
          color: var(--soft); font-variant-numeric: tabular-nums; pointer-events: none; }
        .plot .y.capacity { left: auto; right: 2px; color: var(--capacity); }
        .axis { position: relative; height: 20px; font-size: 11.5px; color: var(--soft); font-variant-numeric: tabular-nums; }
        .axis span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
        .axis span[style="left:0%"] { transform: none; }
        .axis span[style="left:100%"] { transform: translateX(-100%); }
        svg path { vector-effect: non-scaling-stroke; }
        path.grid { stroke: var(--rule); }
        path.shade { fill: var(--fault); opacity: .22; }
        path.oracle { fill: var(--oracle); }
        path.service { fill: none; stroke: var(--service); stroke-width: 1.6; }
        path.capacity { stroke: var(--capacity); stroke-width: 1.2; stroke-dasharray: 5 4; }
        path.wrong { stroke: var(--bad); stroke-width: 2; }
        path.fault { fill: var(--fault); fill-opacity: .8; } path.event { fill: var(--event); }
        path.range { stroke: var(--oracle); stroke-width: 6; stroke-linecap: round; }
        path.dot { stroke: var(--service); stroke-width: 7; stroke-linecap: round; }
        path.dot.main { stroke: var(--bad); stroke-width: 9; }
        .bar { display: flex; align-items: center; gap: 8px; font-variant-numeric: tabular-nums; font-size: 13px; }
        .bar svg { flex: 1; min-width: 0; height: 14px; }
        .bar b { min-width: 4.2em; text-align: right; }
        .bar small { min-width: 5.5em; }
        path.open { fill: var(--good); } path.refuse { fill: var(--refuse); } path.alone { fill: var(--ink); }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: 13.5px; font-variant-numeric: tabular-nums; }
        th, td { text-align: right; padding: 5px 10px; border-top: 1px solid var(--rule); white-space: nowrap; }
        thead th { border-top: 0; font-weight: 500; }
        th:first-child { text-align: left; padding-left: 0; font-weight: 500; }
        summary { cursor: pointer; padding: 4px 0; }
        footer { margin-top: 20px; font-size: 13px; }
        @media (max-width: 700px) {
          main { padding: 18px 12px 32px; }
          section { padding: 14px; border-radius: 10px; }
          dl.tiles { grid-template-columns: 1fr 1fr; } .tiles dd { font-size: 18px; }
          .rows { grid-template-columns: minmax(0, 1fr); }
          .rows .label:empty { display: none; }
          .label { padding: 8px 0 0; }
          .plot { margin: 2px 0 4px; }
          .axis span:nth-child(even) { display: none; }
        }
        @media print { body { background: none; } section { break-inside: avoid; } }
        """;
}
