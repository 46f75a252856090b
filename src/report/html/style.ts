/** The page's style: system fonts, two themes, a calm column, and paper. Nothing is loaded. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --line: #dfe3e8; --text: #1c2430; --soft: #5b6675; --faint: #eef1f4;
  --error: #b3261e; --warning: #8a5a00; --info: #1f5fa8; --good: #1d6b3a; --link: #1f5fa8;
  --error-tint: #fbeceb; --warning-tint: #fbf2df; --info-tint: #e9f1fb; --good-tint: #e7f4ec;
  --shadow: 0 1px 2px rgb(20 30 45 / 6%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14181d; --card: #1b2027; --line: #2d343d; --text: #e4e8ed; --soft: #9aa5b1; --faint: #232931;
    --error: #ff8a80; --warning: #f0bf5e; --info: #86b8f5; --good: #7fd19b; --link: #86b8f5;
    --error-tint: #3a2222; --warning-tint: #372c17; --info-tint: #1d2c40; --good-tint: #1c3325;
    --shadow: none;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
main, header, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.25rem; }
.source { color: var(--soft); margin: 0 0 0.6rem; font-size: 0.87rem; }
h1 { font-size: 1.45rem; line-height: 1.35; margin: 0 0 0.15rem; font-weight: 650; text-wrap: balance; }
.verdict p { color: var(--soft); margin: 0; }
.verdict { border-left: 4px solid var(--tone, var(--soft)); padding-left: 1rem; }
h2 { font-size: 1rem; margin: 2.4rem 0 0.8rem; font-weight: 650; }
h2 .size, .size { color: var(--soft); font-weight: 400; }
p { margin: 0.3rem 0; }
a { color: var(--link); text-underline-offset: 2px; }
code { font: 0.87em/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
p code, li code, td code { background: var(--faint); border-radius: 4px; padding: 0.1em 0.3em; }
.error { --tone: var(--error); --tint: var(--error-tint); }
.warning { --tone: var(--warning); --tint: var(--warning-tint); }
.info { --tone: var(--info); --tint: var(--info-tint); }
.good { --tone: var(--good); --tint: var(--good-tint); }

.tools {
  position: sticky; top: 0; z-index: 1; background: var(--page); padding: 0.9rem 0 0.7rem;
  display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; margin-top: 1.4rem;
}
.tools input[type="search"] {
  flex: 1 1 16rem; min-width: 0; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: 8px; padding: 0.45rem 0.75rem;
}
.tools label { display: inline-flex; gap: 0.4rem; align-items: center; color: var(--tone); font-size: 0.93rem; }
.tools label input { accent-color: var(--tone); margin: 0; }
.tools output { color: var(--soft); font-size: 0.87rem; min-width: 6rem; text-align: right; }

.finding {
  background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: 0 0 0.6rem;
  box-shadow: var(--shadow);
}
.finding > summary {
  cursor: pointer; list-style: none; display: grid; grid-template-columns: auto auto minmax(0, 1fr) minmax(0, auto); gap: 0.1rem 0.7rem;
  align-items: baseline; padding: 0.65rem 1rem; border-radius: 10px;
}
.finding > summary::-webkit-details-marker { display: none; }
.mark {
  color: var(--tone); background: var(--tint); border-radius: 5px; padding: 0 0.5rem;
  font-size: 0.8rem; font-weight: 600; min-width: 4.7rem; text-align: center;
}
.id { font: 0.84rem ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; color: var(--soft); }
.title { font-weight: 600; }
.title .size { font-size: 0.87rem; }
.about { color: var(--soft); font-size: 0.87rem; text-align: right; max-width: 18rem; }
.body { padding: 0 1rem 1rem; border-top: 1px solid var(--line); }
.picture { overflow-x: auto; margin: 0.6rem 0; }
.picture svg { width: 100%; min-width: 46rem; height: auto; }
.picture [fill="#c62828"] { fill: var(--error); }
.picture [stroke="#c62828"] { stroke: var(--error); }
.body > p:first-child { margin: 0.8rem 0 0.4rem; font-size: 1.02rem; }
dl { display: grid; grid-template-columns: 5.2rem 1fr; gap: 0.5rem 0.7rem; margin: 0.6rem 0 0; }
dt { color: var(--soft); font-size: 0.87rem; padding-top: 0.08rem; }
dd { margin: 0; min-width: 0; }
dd ul, dd ol, .gaps { margin: 0; padding: 0; list-style: none; }
dd li + li { margin-top: 0.3rem; }
dd strong { font-weight: 550; }
.story { margin: 0.6rem 0 0.2rem; font-size: 0.9rem; }
.story summary { cursor: pointer; color: var(--soft); }
.story ol { list-style: none; margin: 0.4rem 0 0; padding: 0; max-height: 24rem; overflow: auto; }
.story li { padding: 0.1rem 0 0.1rem 0.6rem; border-left: 3px solid var(--tone, var(--line)); }
.story time { color: var(--soft); font-variant-numeric: tabular-nums; }
.story .who { color: var(--soft); }
.fact { font-size: 0.93rem; }
.fact .at { color: var(--soft); }
ol.next { counter-reset: step; }
ol.next > li { counter-increment: step; display: grid; grid-template-columns: 1.3rem 1fr; }
ol.next > li::before { content: counter(step); color: var(--soft); font-variant-numeric: tabular-nums; }
.command { display: inline-flex; align-items: baseline; max-width: 100%; }
button.copy {
  font: 0.74rem/1.4 system-ui, sans-serif; color: var(--soft); background: none; border: 1px solid var(--line);
  border-radius: 5px; padding: 0.05rem 0.45rem; margin-left: 0.35rem; cursor: pointer; flex: none;
}
button.copy:hover { color: var(--text); border-color: var(--soft); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.more > summary { cursor: pointer; color: var(--soft); font-size: 0.87rem; width: fit-content; }
.explained .mark { min-width: 0; font-size: 0.74rem; }
.gaps li { padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
.gaps li:last-child { border: 0; }
.gaps .why { color: var(--soft); font-size: 0.87rem; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0.4rem 1rem; }
nav { display: flex; flex-wrap: wrap; gap: 0.3rem 1.1rem; margin-top: 1rem; font-size: 0.93rem; }
.tone { color: var(--tone); }
.wide { overflow-x: auto; }
.nodes td, .nodes th { white-space: nowrap; }
.nodes td:last-child { white-space: normal; min-width: 8rem; }
th[scope="row"] { color: var(--text); font-size: 0.93rem; }
.matrix td, .matrix th { text-align: center; white-space: nowrap; }
.matrix th:first-child { text-align: left; }
.matrix td.tone { background: var(--tint); border: 2px solid var(--card); border-radius: 6px; }
.well, .log { margin: 0.5rem 0; }
.well > summary, .log > summary { cursor: pointer; }
.bars { width: 100%; height: auto; margin: 0.4rem 0; font-size: 12px; }
.bars line { stroke: var(--line); }
.bars text { fill: var(--soft); }
.bars .bar { fill: var(--tone); }
.chronicle, .log ol { list-style: none; margin: 0.4rem 0; padding: 0; font-size: 0.9rem; }
.chronicle { max-height: 32rem; overflow: auto; }
.chronicle li, .log li { padding: 0.1rem 0 0.1rem 0.6rem; border-left: 3px solid var(--tone, var(--line)); }
.chronicle time { color: var(--soft); font-variant-numeric: tabular-nums; }
.chronicle .who { color: var(--soft); }
.log ol { max-height: 36rem; overflow: auto; }
.log li {
  font: 0.84rem/1.45 ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  white-space: pre-wrap; content-visibility: auto; contain-intrinsic-size: auto 1.2rem;
}
table { border-collapse: collapse; width: 100%; font-size: 0.93rem; }
th { text-align: left; color: var(--soft); font-weight: 400; font-size: 0.87rem; }
th, td { padding: 0.3rem 0.6rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: baseline; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
footer { color: var(--soft); font-size: 0.87rem; padding-top: 2rem; padding-bottom: 3rem; }
[hidden] { display: none !important; }
@media (max-width: 40rem) {
  .finding > summary { grid-template-columns: auto 1fr; }
  .title, .about { grid-column: 1 / -1; text-align: left; }
  dl { grid-template-columns: 1fr; gap: 0.15rem; }
  dd { margin-bottom: 0.5rem; }
  .tools input[type="search"] { flex-basis: 100%; }
  .nodes td:last-child { min-width: 4rem; }
  .nodes :is(td, th):is(:nth-child(3), :nth-child(n + 5)):not(:last-child) { display: none; }
}
@media print {
  :root {
    --page: #fff; --card: #fff; --line: #c8ccd2; --text: #000; --soft: #444; --faint: #f1f1f1;
    --error: #8f1610; --warning: #6b4500; --info: #174a85; --good: #14532d; --link: #174a85;
    --error-tint: #fff; --warning-tint: #fff; --info-tint: #fff; --good-tint: #fff; --shadow: none;
  }
  body { font-size: 10pt; }
  .tools, button.copy, nav, .logs, .well:not([open]) > :not(summary) { display: none; }
  .chronicle, .log ol, .story ol { max-height: none; overflow: visible; }
  tr, .chronicle li { break-inside: avoid; }
  .finding > summary { break-after: avoid; }
  .finding { break-inside: avoid-page; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;
