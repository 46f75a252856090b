import type {Severity} from '../../checks/define.ts';
import {REASONS, joinGaps} from '../gaps.ts';
import {outlineOf} from '../outline.ts';
import type {Root} from '../outline.ts';
import {NOUNS} from '../phrase.ts';
import {count, plural, thousands} from '../../text/words.ts';
import type {DoctorReport} from '../report.ts';
import {nothingToDiagnose, sourceLine, verdictOf} from '../verdict.ts';
import {attributes, escapeXml} from '../xml.ts';
import {card, withCode} from './finding.ts';
import type {Story} from '../stories.ts';
import {policy} from './policy.ts';
import {SCRIPT} from './script.ts';
import {STYLE} from './style.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** A page has more findings than one sees at a glance: then searching helps. */
const SEARCHED_FROM = 2;
/** Root causes that are open at first; beyond them a page of open cards is a wall. */
const OPEN_ROOTS = 20;

/** What a page shows beside the report, each by the fingerprint of its finding. */
export interface PageParts {
  /** Pictures as SVG. */
  pictures?: ReadonlyMap<string, string>;
  /** What happened around a subject. */
  stories?: ReadonlyMap<string, Story>;
  /** Where the files of the evidence are shown, if they are. */
  files?: string;
}

/**
 * Writes one page that stands alone: it loads nothing, its only style and script are those whose hashes its policy names, and
 * it is well-formed XML besides. Without the script everything is there to be read, too.
 */
export function renderHtml(
  report: DoctorReport,
  {pictures = new Map(), stories = new Map(), files}: PageParts = {},
): string {
  const verdict = verdictOf(report);
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
    '</header>',
    '<main>',
    tools(report),
    ...groups(report, {pictures, stories}),
    blindSpots(report),
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

function tools(report: DoctorReport): string {
  if (report.findings.length < SEARCHED_FROM) return '';
  const boxes = SEVERITIES.filter(s => report.summary.findings[s] > 0).map(severity => {
    const n = report.summary.findings[severity];
    return `<label class="${severity}"><input type="checkbox" checked="" data-severity="${severity}"/> ${thousands(n)} ${n === 1 ? NOUNS[severity] : plural(NOUNS[severity])}</label>`;
  });
  return [
    '<div class="tools" role="search" hidden="">',
    '<input type="search" id="search" placeholder="Search findings, names, values ( / )" aria-label="Search findings" autocomplete="off" spellcheck="false"/>',
    ...boxes,
    '<output id="shown" aria-live="polite"></output>',
    '</div>',
  ].join('\n');
}

function groups(report: DoctorReport, parts: Required<Pick<PageParts, 'pictures' | 'stories'>>): string[] {
  const {told, heading, further, stray} = outlineOf(report);
  const open = told.map((root, i) => card(report, root, {open: i < OPEN_ROOTS, ...parts}));
  const consequences = report.findings.filter(f => f.causedBy.length > 0 && !stray.includes(f));
  const closed = (roots: readonly Root[]): string[] =>
    roots.map(root => card(report, root, {open: false, ...parts}));
  const alone = (findings: typeof stray): Root[] => findings.map(finding => ({finding, explains: []}));
  return [
    group(heading, open),
    group('Other root causes', closed(further)),
    group('Explained by the above', closed(alone(consequences))),
    group('Consequences of faults left out', closed(alone(stray))),
  ];
}

function group(title: string, cards: readonly string[]): string {
  if (cards.length === 0) return '';
  const heading = `<h2>${title} <span class="size">${thousands(cards.length)}</span></h2>`;
  return ['<section class="group">', heading, ...cards, '</section>'].join('\n');
}

function blindSpots(report: DoctorReport): string {
  const blinds = joinGaps(report.unknown);
  const shown = nothingToDiagnose(report) ? blinds.filter(b => b.reason !== 'not-requested') : blinds;
  if (shown.length === 0) return '';
  const items = shown.map(blind => {
    const names = blind.evidence.map(e => `<code>${escapeXml(e)}</code>`).join(', ');
    const checks = `<details class="more"><summary>${REASONS[blind.reason]}; ${count(blind.checks.length, 'check')}</summary>${escapeXml(blind.checks.join(', '))}</details>`;
    return `<li>${names}: ${withCode(blind.detail)}${checks}</li>`;
  });
  return section('Could not be seen', `<ul class="gaps">${items.join('\n')}</ul>`);
}

function ownBugs({problems}: DoctorReport): string {
  if (problems.length === 0) return '';
  const items = problems.map(({where, detail}) => {
    const lines = detail.split('\n').map(escapeXml).join('<br/>');
    return `<li>${escapeXml(where)}<details class="more"><summary>stack</summary><code>${lines}</code></details></li>`;
  });
  return section('Bugs of this tool, worth a report', `<ul class="gaps">${items.join('\n')}</ul>`);
}

function section(title: string, content: string): string {
  return `<section><h2>${title}</h2><div class="panel">${content}</div></section>`;
}

function footer({summary, tool}: DoctorReport): string {
  const {pass, fail, unknown, skip} = summary.outcomes;
  const counts = `${thousands(pass)} passed, ${thousands(fail)} failed, ${thousands(unknown)} unknown, ${thousands(skip)} did not apply`;
  return `<footer>${counts} · kubectl-win ${escapeXml(tool.version)} · <code>kubectl win explain ID</code> says what a finding means</footer>`;
}
