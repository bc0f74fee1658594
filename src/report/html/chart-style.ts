// The look of what is drawn: bars, gauges, histograms, the reliability diagram and the timeline.

const outcomes = [
  'absorbed',
  'recovered',
  'degraded',
  'escalated',
  'failed-loudly',
  'silent-failure',
  'hung',
  'not-exposed',
  'error',
]
  .map((name) => `.o-${name}{background:var(--${name})}`)
  .join('\n');

/** Colours come from the page's names, so that both themes hold here too. */
export const chartStyle = `
${outcomes}
.bar{display:flex;gap:2px;height:10px;border-radius:3px;overflow:hidden}
.seg{flex:0 1 0;min-width:3px}
.dot{display:inline-block;flex:none;width:9px;height:9px;margin-right:6px;border-radius:50%}
.words{display:flex;flex-wrap:wrap;gap:2px 14px;margin:6px 0 0;padding:0;list-style:none;font-size:13px;color:var(--quiet)}
.words b{color:var(--ink);font-weight:600}
.legend .dot{margin-right:8px}
.failure>summary .dot{margin-right:0}
.dot.useful,.useful{background:var(--escalated)}
.dot.waste,.waste{background:var(--failed-loudly)}
.dot.waste{margin-left:8px}
.dot.clean{background:var(--absorbed)}
.dot.chaos{background:var(--failed-loudly)}
.token-bar{display:flex;gap:2px;height:14px;margin-top:5px;border-radius:3px;overflow:hidden}
.token-bar i{display:block;height:100%}
.tokens th:first-child{width:1%;white-space:nowrap}
.bar-cell{width:70%}
.gauge{display:block;width:168px;height:20px;margin-top:4px}
.gauge .track{fill:var(--line)}
.gauge .band{fill:color-mix(in srgb,var(--accent) 30%,var(--card))}
.gauge .proven{stroke:var(--accent);stroke-width:1.5}
.gauge .target{stroke:var(--ink);stroke-width:1.2;stroke-dasharray:2.5 2}
.gauge .rate{fill:var(--accent);stroke:var(--card);stroke-width:1}
.chart{display:block;width:100%;min-width:420px;max-width:680px;height:auto}
.chart.square{min-width:0;max-width:380px;margin:0 auto}
.chart text{fill:var(--quiet);font-size:11.5px;text-anchor:middle}
.chart text.value{fill:var(--ink);font-weight:600}
.chart text.end{text-anchor:end}
.rule{stroke:var(--line)}
.time-bar{fill:var(--recovered)}
.never-bar{fill:var(--silent-failure)}
.grid{stroke:var(--line)}
.diagonal{stroke:var(--quiet);stroke-dasharray:3 4}
circle.clean{fill:color-mix(in srgb,var(--absorbed) 55%,transparent);stroke:var(--absorbed)}
circle.chaos{fill:color-mix(in srgb,var(--failed-loudly) 50%,transparent);stroke:var(--failed-loudly)}
.clean-line,.chaos-line{fill:none;stroke-width:1.2;opacity:.65}
.clean-line{stroke:var(--absorbed)}
.chaos-line{stroke:var(--failed-loudly)}
.timeline{margin:0}
.swim{display:flex;border:1px solid var(--line);border-radius:8px;overflow:hidden;background:var(--paper)}
.swim .scroll{flex:1;min-width:0}
.swim svg{display:block}
.lanes{flex:none;max-width:38%;margin:0;padding:0 12px;list-style:none;border-right:1px solid var(--line);font-size:13px;background:var(--card)}
.lanes li{display:flex;align-items:center;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.lane{stroke:var(--line)}
.tick{stroke:var(--line);stroke-dasharray:1 4}
.tick-text{fill:var(--quiet);font-size:11px;text-anchor:middle}
.tick-text.first{text-anchor:start}
.split{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:4 3}
.fault-band{fill:color-mix(in srgb,var(--silent-failure) 12%,transparent)}
.span{fill:color-mix(in srgb,var(--accent) 22%,transparent)}
.span.open{fill:color-mix(in srgb,var(--bad) 20%,transparent)}
.arrow{fill:none;stroke:var(--ink);stroke-width:1.2}
.arrow-head{fill:var(--ink)}
.m-call{fill:var(--card);stroke:var(--accent);stroke-width:1.6}
.m-reply{fill:var(--accent)}
.m-handoff{fill:var(--ink)}
.m-decision{fill:var(--quiet)}
.m-trouble{fill:var(--failed-loudly)}
.m-fault{fill:var(--silent-failure)}
.m-end{fill:var(--ink)}
.swim a:hover circle,.swim a:hover rect,.swim a:hover path{stroke:var(--ink);stroke-width:2}
.timeline figcaption{margin:8px 0 10px}
.timeline figcaption li{display:flex;align-items:center;gap:4px}
.events{max-height:300px;overflow:auto;border:1px solid var(--line);border-radius:8px;padding:0 14px}
.events .plain{font-size:13px}
.events thead th{position:sticky;top:0;padding-top:8px;background:var(--card)}
.events td{padding-top:4px;padding-bottom:4px}
.events td:last-child{width:75%;overflow-wrap:anywhere}
.events tr:target{background:color-mix(in srgb,var(--accent) 16%,var(--card))}
.t-fault td:last-child{color:var(--bad);font-weight:550}
.t-trouble td:last-child{color:var(--warn)}
.t-end td:last-child{font-weight:600}`;
