import type {Severity} from '../../checks/define.ts';
import {REASONS, joinGaps} from '../gaps.ts';
import {outlineOf} from '../outline.ts';
import type {Root} from '../outline.ts';
import {NOUNS} from '../phrase.ts';
import {count, plural, thousands} from '../../text/words.ts';
import type {DoctorReport} from '../report.ts';
import {nothingToDiagnose, sourceLine, verdictOf} from '../verdict.ts';
import {attributes, escapeXml} from '../xml.ts';
import {chroniclePart} from './chronicle.ts';
import {connectionsPart} from './connections.ts';
import {card, withCode} from './finding.ts';
import {logsPart} from './logs.ts';
import {nodesPart} from './nodes.ts';
import type {PageParts} from './parts.ts';
import {policy} from './policy.ts';
import {SCRIPT} from './script.ts';
import {STYLE} from './style.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** A page has more findings than one sees at a glance: then searching helps. */
const SEARCHED_FROM = 2;
/** Root causes that are open at first; beyond them a page of open cards is a wall. */
const OPEN_ROOTS = 20;

/**
 * Writes one page that stands alone: it loads nothing, its only style and script are those whose hashes its policy names, and
 * it is well-formed XML besides. Without the script everything is there to be read, too.
 */
export function renderHtml(report: DoctorReport, parts: PageParts = {}): string {
  const {files} = parts;
  const verdict = verdictOf(report);
  const sections = sectionsOf(report, parts);
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8"/>',
    `<meta http-equiv="Content-Security-Policy"${attributes({content: policy()})}/>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    '<meta name="referrer" content="no-referrer"/>',
    '<link rel="icon" href="data:,"/>',
    `<title>kubectl win: ${escapeXml(verdict.text)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<p class="source">kubectl win ${command(report)} · ${escapeXml(sourceLine(report))}${files === undefined ? '' : ` · <a${attributes({href: files})}>Files</a>`}</p>`,
    `<div class="verdict ${verdict.tone}"><h1>${escapeXml(verdict.text)}</h1><p>${escapeXml(verdict.judged)}</p></div>`,
    contents(report, sections),
    '</header>',
    '<main>',
    tools(report, parts),
    ...groups(report, parts),
    ...sections.map(({id, title, content}) => section(title, content, id)),
    ownBugs(report),
    '</main>',
    footer(report),
    `<script>${SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function command({kind}: DoctorReport): string {
  return kind === 'LintReport' ? 'lint' : 'doctor';
}

/** A part of the page that the list of contents leads to. */
interface Section {
  id: string;
  title: string;
  /** HTML. */
  content: string;
}

/** Everything under the findings; what is empty is left out. */
function sectionsOf(report: DoctorReport, parts: PageParts): Section[] {
  const {connections, nodes = [], chronicle, logs = []} = parts;
  const happenings = chronicle?.happenings.length ?? 0;
  return [
    {id: 'connections', title: 'Connections', content: connections ? connectionsPart(connections) : ''},
    {id: 'nodes', title: `Nodes ${size(nodes.length)}`, content: nodesPart(nodes, report)},
    {
      id: 'chronicle',
      title: 'What happened when',
      content: chronicle && happenings > 0 ? chroniclePart(chronicle) : '',
    },
    {id: 'logs', title: `Logs ${size(logs.length)}`, content: logsPart(logs)},
    {id: 'unseen', title: 'Could not be seen', content: blindSpots(report)},
  ].filter(({content}) => content !== '');
}

function contents({findings}: DoctorReport, sections: readonly Section[]): string {
  if (sections.length < 2) return '';
  const first = findings.length > 0 ? ['<a href="#findings">Findings</a>'] : [];
  const links = sections.map(({id, title}) => `<a href="#${id}">${title.replace(/ <span.*$/, '')}</a>`);
  return `<nav aria-label="Contents">${[...first, ...links].join('')}</nav>`;
}

function size(n: number): string {
  return `<span class="size">${thousands(n)}</span>`;
}

function tools(report: DoctorReport, {nodes = [], logs = []}: PageParts): string {
  if (report.findings.length + nodes.length + logs.length < SEARCHED_FROM) return '';
  const boxes = SEVERITIES.filter(s => report.summary.findings[s] > 0).map(severity => {
    const n = report.summary.findings[severity];
    return `<label class="${severity}"><input type="checkbox" checked="" data-severity="${severity}"/> ${thousands(n)} ${n === 1 ? NOUNS[severity] : plural(NOUNS[severity])}</label>`;
  });
  return [
    '<div class="tools" role="search" hidden="">',
    '<input type="search" id="search" placeholder="Search everything on this page ( / )" aria-label="Search everything on this page" autocomplete="off" spellcheck="false"/>',
    ...boxes,
    '<output id="shown" aria-live="polite"></output>',
    '</div>',
  ].join('\n');
}

function groups(report: DoctorReport, {pictures = new Map(), stories = new Map()}: PageParts): string[] {
  const parts = {pictures, stories};
  const {told, heading, further, stray} = outlineOf(report);
  const open = told.map((root, i) => card(report, root, {open: i < OPEN_ROOTS, ...parts}));
  const consequences = report.findings.filter(f => f.causedBy.length > 0 && !stray.includes(f));
  const closed = (roots: readonly Root[]): string[] =>
    roots.map(root => card(report, root, {open: false, ...parts}));
  const alone = (findings: typeof stray): Root[] => findings.map(finding => ({finding, explains: []}));
  return [
    group(heading, open, 'findings'),
    group('Other root causes', closed(further)),
    group('Explained by the above', closed(alone(consequences))),
    group('Consequences of faults left out', closed(alone(stray))),
  ];
}

function group(title: string, cards: readonly string[], id?: string): string {
  if (cards.length === 0) return '';
  const heading = `<h2>${title} <span class="size">${thousands(cards.length)}</span></h2>`;
  return [`<section class="group"${attributes({id})}>`, heading, ...cards, '</section>'].join('\n');
}

function blindSpots(report: DoctorReport): string {
  const blinds = joinGaps(report.unknown);
  const shown = nothingToDiagnose(report) ? blinds.filter(b => b.reason !== 'not-requested') : blinds;
  if (shown.length === 0) return '';
  const items = shown.map(blind => {
    const names = blind.evidence.map(e => `<code>${escapeXml(e)}</code>`).join(', ');
    const checks = `<details class="more"><summary>${REASONS[blind.reason]}; ${count(blind.checks.length, 'check')}</summary>${escapeXml(blind.checks.join(', '))}</details>`;
    return `<li data-row="gap">${names}: ${withCode(blind.detail)}${checks}</li>`;
  });
  return `<ul class="gaps">${items.join('\n')}</ul>`;
}

function ownBugs({problems}: DoctorReport): string {
  if (problems.length === 0) return '';
  const items = problems.map(({where, detail}) => {
    const lines = detail.split('\n').map(escapeXml).join('<br/>');
    return `<li>${escapeXml(where)}<details class="more"><summary>stack</summary><code>${lines}</code></details></li>`;
  });
  return section('Bugs of this tool, worth a report', `<ul class="gaps">${items.join('\n')}</ul>`);
}

function section(title: string, content: string, id?: string): string {
  return `<section${attributes({id, class: id})}><h2>${title}</h2><div class="panel">${content}</div></section>`;
}

function footer({summary, tool}: DoctorReport): string {
  const {pass, fail, unknown, skip} = summary.outcomes;
  const counts = `${thousands(pass)} passed, ${thousands(fail)} failed, ${thousands(unknown)} unknown, ${thousands(skip)} did not apply`;
  return `<footer>${counts} · kubectl-win ${escapeXml(tool.version)} · <code>kubectl win explain ID</code> says what a finding means</footer>`;
}
