import { Html } from "./evidence-html.js";

/** Calm on a screen and on paper; only fonts that are there. */
export const EVIDENCE_STYLE = new Html(`
:root { --ink: #1d2624; --quiet: #5f6b68; --line: #dde3e1; --paper: #fff; --soft: #f5f7f6; --accent: #1f5c55; --good: #1c6b45; --bad: #a3281d; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--soft); color: var(--ink); font: 15px/1.5 "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif; }
header, main { max-width: 1040px; margin: 0 auto; padding: 0 32px; }
header { padding-top: 40px; }
.kind { margin: 0; color: var(--accent); font-size: 13px; font-weight: 600; letter-spacing: .04em; }
h1 { margin: 4px 0 8px; font-size: 30px; line-height: 1.25; font-weight: 600; }
.state { display: inline-block; margin-left: 10px; padding: 3px 12px; border: 1px solid var(--accent); border-radius: 14px; color: var(--accent); font-size: 14px; font-weight: 600; vertical-align: middle; }
.title { margin: 0 0 4px; font-size: 20px; line-height: 1.35; font-weight: 600; overflow-wrap: anywhere; }
.command { margin: 0 0 20px; color: var(--quiet); overflow-wrap: anywhere; }
.seal { margin: 0 0 28px; padding: 12px 16px; border-left: 4px solid currentColor; background: var(--paper); }
.good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; } .quiet { color: var(--quiet); }
section { margin: 0 0 20px; padding: 22px 26px 24px; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
h2 { margin: 0 0 12px; font-size: 18px; font-weight: 600; }
h4 { margin: 18px 0 6px; font-size: 13px; font-weight: 600; color: var(--quiet); }
p { margin: 0 0 10px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 8px 14px 8px 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { border-top: 0; color: var(--quiet); font-size: 12px; font-weight: 600; overflow-wrap: normal; }
tbody th { font-weight: 600; }
.who code { display: block; } .short { width: 96px; } .made { color: var(--quiet); font-weight: 400; }
.number { text-align: right; white-space: nowrap; } .when { white-space: nowrap; }
.diff th:first-child { width: 26%; } .diff td { width: 37%; }
.plus li::before { content: "+ "; color: var(--good); font-weight: 600; } .minus li::before { content: "\\2212  "; color: var(--bad); font-weight: 600; }
ul { margin: 2px 0 6px; padding: 0; list-style: none; }
small { color: var(--quiet); font-size: 12px; }
code, pre { font-family: "Cascadia Mono", Consolas, ui-monospace, Menlo, monospace; }
code { color: var(--quiet); font-size: 12px; overflow-wrap: anywhere; }
.head { color: var(--ink); font-size: 13px; }
pre { margin: 0; padding: 12px 14px; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; font-size: 12px; line-height: 1.45; white-space: pre-wrap; overflow-wrap: anywhere; }
.facts { display: grid; grid-template-columns: minmax(150px, 260px) 1fr; margin: 0; }
.facts dt, .facts dd { margin: 0; padding: 7px 14px 7px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.facts dt:first-of-type, .facts dt:first-of-type + dd { border-top: 0; }
.facts dt { color: var(--quiet); font-size: 13px; padding-top: 9px; }
.both { display: grid; grid-template-columns: 1fr 1fr; gap: 18px; }
@media (max-width: 720px) { header, main { padding-left: 14px; padding-right: 14px; } .both, .facts { grid-template-columns: 1fr; } .facts dd { border-top: 0; padding-top: 0; } section { padding: 16px; } }
@media print { body { background: #fff; font-size: 11px; } header, main { max-width: none; padding: 0; } section { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 14px 0; } table { font-size: 10px; } pre, code { font-size: 9px; } thead { display: table-header-group; } tr { break-inside: avoid; } h2, h4 { break-after: avoid; } }
`);
