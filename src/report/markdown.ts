import {LONG_VALUE, aboutOf, ageOf, factOf, locationsOf, stateOf} from './facts.ts';
import {REASONS, joinGaps} from './gaps.ts';
import {outlineOf} from './outline.ts';
import type {Root} from './outline.ts';
import {nameSubjects} from './phrase.ts';
import {count, thousands} from '../text/words.ts';
import type {DoctorReport, Finding} from './report.ts';
import {nothingToDiagnose, sentenceOf, sourceLine, verdictOf} from './verdict.ts';
import {visible} from './visible.ts';

/** What means something in the middle of a line: among it the dots and colons by which GitHub makes links. */
const MARKUP = /[\\`*_{}[\]<>#|~&$]|:(?=\/\/)|(?<=www)\./gi;
/** What means something only where a block starts: lists, quotes, rules, underlined headings. */
const START = /^(?:[-+=]|\d+(?=[.)]))/;
/** Names of subjects that a root cause lists. */
const NAMES = 10;
const FACTS = 4;

/** Writes a report for a ticket, a chat or a comment on a pull request: GitHub's Markdown, no HTML but `<details>`. */
export function renderMarkdown(report: DoctorReport): string {
  const {told, further, stray} = outlineOf(report);
  const blocks = [
    `## ${prose(sentenceOf(verdictOf(report)))}`,
    `${prose(sourceLine(report))} · kubectl-win ${prose(report.tool.version)}`,
    ...told.flatMap(root => story(report, root)),
    ...folded(
      `Other root causes (${thousands(further.length)})`,
      further.map(r => brief(r.finding)),
    ),
    ...folded(`Consequences of faults left out (${thousands(stray.length)})`, stray.map(brief)),
    ...folded('Could not be seen', blindSpots(report)),
    ...folded(
      'Bugs of this tool',
      report.problems.map(p => `- ${paragraph(prose(p.where))}: ${code(p.detail)}`),
    ),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function story(report: DoctorReport, {finding, explains}: Root): string[] {
  const age = ageOf(finding, report);
  const facts = finding.evidence.slice(0, FACTS).map(e => code(factOf(e, LONG_VALUE / 10)));
  const rows = [
    ...locationsOf(finding)
      .slice(0, NAMES)
      .map(place => `- **At** ${code(place)}`),
    `- **On** ${prose(nameSubjects(finding.subjects, finding.subjectCount, NAMES))}`,
    ...(age === undefined ? [] : [`- **Since** ${prose(age)}`]),
    ...facts.map(fact => `- **Seen** ${fact}`),
  ];
  const next = finding.fix.map((step, i) => `${i + 1}. ${paragraph(proseWithCode(step))}`);
  return [
    `### ${stateOf(finding)} · ${prose(finding.id)} · ${prose(finding.title)}`,
    paragraph(proseWithCode(finding.message)),
    rows.join('\n'),
    ...(next.length > 0 ? [`**Next**\n\n${next.join('\n')}`] : []),
    ...folded(`Explains ${count(explains.length, 'finding')}`, explains.map(brief)),
  ];
}

function brief(finding: Finding): string {
  const about = aboutOf(finding);
  return `- ${stateOf(finding)} **${prose(finding.id)}** ${prose(finding.title)} (${prose(about)})`;
}

function blindSpots(report: DoctorReport): string[] {
  const blinds = joinGaps(report.unknown);
  const shown = nothingToDiagnose(report) ? blinds.filter(b => b.reason !== 'not-requested') : blinds;
  return shown.map(
    b =>
      `- ${b.evidence.map(code).join(', ')}: ${proseWithCode(b.detail)} (${REASONS[b.reason]}; ${count(b.checks.length, 'check')})`,
  );
}

/** Lines that a reader opens; nothing where there are none. GitHub wants the empty line after the summary. */
function folded(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [`<details><summary>${title}</summary>\n\n${lines.join('\n')}\n\n</details>`];
}

/**
 * A stranger's text between our markup: no link, no heading, no HTML. A word joiner after `@` keeps a name that only looks
 * like a user's from being notified.
 */
function prose(text: string): string {
  return visible(text)
    .replace(MARKUP, String.raw`\$&`)
    .replaceAll('@', '@\u2060');
}

/** Markdown with which a paragraph or a list item starts, and that shall start nothing else. */
function paragraph(markdown: string): string {
  return markdown.replace(START, start => (/^\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** Our own sentences carry commands in back-ticks; everything else is prose. */
function proseWithCode(text: string): string {
  const parts = text.split('`');
  // Back-ticks that do not pair are a stranger's.
  if (parts.length % 2 === 0) return prose(text);
  return parts.map((part, i) => (i % 2 === 1 && part !== '' ? code(part) : prose(part))).join('');
}

/** A code span whose fence is longer than any run of back-ticks inside. */
export function code(text: string): string {
  const shown = visible(text);
  // No spread: a stranger's text may have more runs than a call takes arguments.
  const longest = shown.match(/`+/g)?.reduce((most, run) => Math.max(most, run.length), 0) ?? 0;
  const fence = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}
