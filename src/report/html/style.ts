// The look of the page: type, space and tables. Two themes from one set of names; no font is loaded.
import { chartStyle } from './chart-style.ts';
import { trusted } from './markup.ts';
import type { Markup } from './markup.ts';

const light = `
--paper:#fafaf9;--card:#fff;--ink:#1c1f23;--quiet:#5f666e;--line:#e3e4e2;--soft:#f1f2f0;--accent:#2c5f8f;
--absorbed:#2f7f6c;--recovered:#7dbba8;--degraded:#dcb95f;--escalated:#7e97bb;--failed-loudly:#d18750;
--silent-failure:#b33f4b;--hung:#7b4d80;--not-exposed:#c3c7ca;--error:#4c5158;--good:#246b5a;--warn:#8a6410;--bad:#a5303d;`;

const dark = `
--paper:#121416;--card:#191c1f;--ink:#e4e7ea;--quiet:#98a0a8;--line:#2c3035;--soft:#202428;--accent:#8bb6df;
--absorbed:#3f9c86;--recovered:#86c4b2;--degraded:#d9b65c;--escalated:#86a0c6;--failed-loudly:#d98f58;
--silent-failure:#d05c68;--hung:#a072a6;--not-exposed:#555b62;--error:#9aa1a9;--good:#6cc4ad;--warn:#dcb658;--bad:#ec8690;`;

const frame = `
:root{color-scheme:light dark;${light}}
@media(prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
html{scroll-padding-top:3.5rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums}
code,.replay{font:0.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
a{color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
header,main,footer,nav ul{max-width:1120px;margin:0 auto;padding:0 24px}
header{padding-top:48px;padding-bottom:20px}
.brand{margin:0;color:var(--quiet);font-size:13px;letter-spacing:.08em}
h1{margin:4px 0 6px;font-size:34px;line-height:1.15;letter-spacing:-.02em;font-weight:650}
h2{margin:0 0 4px;font-size:20px;letter-spacing:-.01em;font-weight:620}
h1,h2,h3,.lead,.note,summary,li{overflow-wrap:anywhere}
h3{margin:26px 0 10px;font-size:15px;font-weight:600}
.lead{margin:0 0 18px;max-width:46em;color:var(--quiet)}
header .lead{color:var(--ink)}
.quiet{color:var(--quiet);font-size:13px;font-weight:400}
.note{margin:12px 0 0;max-width:52em;color:var(--quiet);font-size:13px}
.hidden,.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.stats{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:1px;margin:24px 0 0;border:1px solid var(--line);border-radius:10px;overflow:hidden;background:var(--line)}
.stat{padding:14px 18px;background:var(--card)}
.stat dt{color:var(--quiet);font-size:13px}
.stat dd{margin:0;font-size:24px;font-weight:600;letter-spacing:-.01em}
.stat dd .quiet{display:block;letter-spacing:0}
nav{position:sticky;top:0;z-index:2;background:color-mix(in srgb,var(--paper) 92%,transparent);backdrop-filter:blur(6px);border-bottom:1px solid var(--line)}
nav ul{display:flex;gap:22px;overflow-x:auto;list-style:none}
nav a{display:block;padding:11px 0;color:var(--quiet);font-size:14px;text-decoration:none;white-space:nowrap}
nav a:hover{color:var(--ink)}
main>section{margin:44px 0;scroll-margin-top:3.5rem}
footer{padding-top:8px;padding-bottom:48px;color:var(--quiet);font-size:13px}
.warnings{margin:28px 0 0;padding:14px 18px;border-left:3px solid var(--warn);background:color-mix(in srgb,var(--warn) 9%,var(--card));border-radius:0 8px 8px 0}
.warnings h2{font-size:15px}
.warnings ul{margin:4px 0 0;padding-left:18px}
.badge{display:inline-block;padding:1px 9px;border-radius:99px;font-size:13px;font-weight:600;white-space:nowrap}
.badge.v-pass{color:var(--good);background:color-mix(in srgb,var(--good) 14%,var(--card))}
.badge.v-inconclusive{color:var(--warn);background:color-mix(in srgb,var(--warn) 14%,var(--card))}
.badge.v-fail,.badge.v-error{color:var(--bad);background:color-mix(in srgb,var(--bad) 13%,var(--card))}
.tag{padding:0 6px;border:1px solid var(--line);border-radius:5px;color:var(--quiet);font-size:12px;font-weight:400;white-space:nowrap}
.legend{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:6px 28px;margin:12px 0 0}
.legend div{display:flex;gap:10px}
.legend dt{flex:0 0 132px;font-weight:550;white-space:nowrap}
.legend dd{margin:0;color:var(--quiet)}`;

const tables = `
.scroll{position:relative;overflow-x:auto;-webkit-overflow-scrolling:touch}
table{border-collapse:collapse;width:100%;text-align:left}
caption{padding:0 0 6px;text-align:left;color:var(--quiet);font-size:13px}
caption.hidden{position:absolute}
th,td{padding:8px 14px 8px 0;vertical-align:top}
thead th{color:var(--quiet);font-size:13px;font-weight:500;white-space:nowrap;vertical-align:bottom}
tbody tr{border-top:1px solid var(--line)}
tbody th{font-weight:500}
.number{text-align:right;white-space:nowrap}
.wide{background:var(--card);border:1px solid var(--line);border-radius:10px;border-collapse:separate;border-spacing:0;min-width:760px}
.wide th,.wide td{padding:14px 16px}
.wide thead th{padding:10px 16px}
.wide tbody th,.wide tbody td{border-top:1px solid var(--line)}
.wide caption{padding-top:2px}
.scroll+.scroll{margin-top:22px}
.name{display:block;font-weight:600;overflow-wrap:anywhere}
.verdict-cell{max-width:250px}
.verdict-cell .quiet{display:block;margin-top:5px;line-height:1.45}
.rate-cell{min-width:186px}
.rate-cell .figure{font-size:18px}
.outcome-cell{min-width:240px}
.twins th{width:16%}
.twins td{width:42%}
.why{margin:8px 0 0;font-size:14px;overflow-wrap:anywhere}
td .replay{display:block;margin-top:4px;color:var(--quiet)}
.plain{font-size:14px}
.plain th,.plain td{padding:6px 16px 6px 0}
.plain .number{padding-left:10px}
.columns{display:grid;grid-template-columns:minmax(0,1.5fr) minmax(280px,1fr);gap:36px;align-items:center}
.cards th{white-space:nowrap;padding-right:8px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(290px,1fr));gap:8px 40px}
.heat{width:auto;border-collapse:separate;border-spacing:3px;font-size:13px}
.heat th{padding:3px 10px 3px 0;font-weight:400;white-space:nowrap}
.heat thead th{padding:3px 4px;text-align:center}
.heat td{min-width:64px;padding:5px 8px;border-radius:5px;text-align:center;font-weight:550}
.heat tr{border:0}
.heat .quiet{font-size:12px}
.heat caption{font-weight:550;color:var(--ink)}
.heat .never{background:var(--soft)}
.heat .unseen{border:1px dashed var(--line)}
.h0{background:color-mix(in srgb,var(--silent-failure) 42%,var(--card))}
.h1{background:color-mix(in srgb,var(--failed-loudly) 38%,var(--card))}
.h2{background:color-mix(in srgb,var(--degraded) 38%,var(--card))}
.h3{background:color-mix(in srgb,var(--recovered) 30%,var(--card))}
.h4{background:color-mix(in srgb,var(--absorbed) 40%,var(--card))}
.heat td[class^="h"] .quiet{color:inherit;opacity:.75}
details.more{margin-top:18px}
summary{cursor:pointer}
details.more>summary{color:var(--accent);font-size:14px}
details.more>*:not(summary){margin-top:10px}
.failure{margin-top:14px;border:1px solid var(--line);border-radius:10px;background:var(--card)}
.failure>summary{display:flex;align-items:baseline;gap:10px;padding:13px 18px;list-style:none;flex-wrap:wrap}
.failure>summary::-webkit-details-marker{display:none}
.failure>summary::after{content:"+";margin-left:auto;color:var(--quiet);font-size:18px;line-height:1}
.failure[open]>summary::after{content:"–"}
.failure .title{font-weight:600}
.failure-body{padding:0 18px 18px;border-top:1px solid var(--line)}
.failure-body>.why{margin:14px 0;font-size:16px}
.facts{display:grid;gap:7px;margin:0 0 20px}
.facts div{display:grid;grid-template-columns:110px minmax(0,1fr);gap:12px}
.facts dt{color:var(--quiet);font-size:14px}
.facts dd{margin:0;min-width:0;overflow-wrap:anywhere}
.facts .replay{padding:2px 8px;border-radius:5px;background:var(--soft);user-select:all}
code.block{display:block}
.lines{margin:8px 0 0;padding:0;list-style:none}`;

const narrow = `
@media(max-width:720px){
header,main,footer,nav ul{padding-left:16px;padding-right:16px}
header{padding-top:28px}
h1{font-size:27px}
.stats{grid-template-columns:1fr 1fr}
.columns{grid-template-columns:minmax(0,1fr);gap:20px}
.facts div{grid-template-columns:minmax(0,1fr);gap:0}
.wide{min-width:0}
.wide,.wide tbody,.wide tr,.wide th,.wide td{display:block;width:auto;max-width:none}
.wide thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.wide tbody th{padding-bottom:4px}
.wide tbody tr:first-child th{border-top:0}
.wide tbody td{border-top:0;padding-top:4px;padding-bottom:10px}
.twins td:nth-of-type(1)::before{content:"naive";display:block;color:var(--quiet);font-size:13px}
.twins td:nth-of-type(2)::before{content:"stewarded";display:block;color:var(--quiet);font-size:13px}
}
@media print{nav,.skip{display:none}.scroll,.events{overflow:visible;max-height:none}section{break-inside:avoid}}`;

/** One style sheet for the page. */
export const pageStyle: Markup = trusted(frame + tables + chartStyle + narrow);
