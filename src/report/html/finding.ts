import {LONG_VALUE, ageOf, locationsOf, valueText} from '../facts.ts';
import type {Root} from '../outline.ts';
import {countSubjects, nameOf} from '../phrase.ts';
import {plural, thousands} from '../../text/words.ts';
import type {DoctorReport, EvidenceRef, Finding} from '../report.ts';
import {attributes, escapeXml} from '../xml.ts';
import type {Story} from '../stories.ts';
import {storyPart} from './story.ts';

/** Subjects that are in sight before one asks for more. */
const NAMES = 12;
const FACTS = 3;
const EXPLAINED = 8;
const SUSPECTED = ' <span class="size">suspected: it may still heal by itself</span>';

/** How a card is drawn. */
export interface CardOptions {
  open: boolean;
  /** SVG by the fingerprint of its finding. */
  pictures: ReadonlyMap<string, string>;
  /** What happened around a subject, by the fingerprint of its finding. */
  stories: ReadonlyMap<string, Story>;
}

/** One finding as a card that opens and closes. */
export function card(
  report: DoctorReport,
  {finding, explains}: Root,
  {open, pictures, stories}: CardOptions,
): string {
  const story = stories.get(finding.fingerprint);
  const picture = pictures.get(finding.fingerprint);
  const attrs = attributes({
    class: `finding ${finding.severity}`,
    id: anchorOf(finding),
    'data-severity': finding.severity,
    open: open ? '' : undefined,
  });
  return [
    `<details${attrs}>`,
    `<summary>${mark(finding)}<span class="id">${escapeXml(finding.id)}</span>`,
    `<span class="title">${escapeXml(finding.title)}${finding.state === 'suspected' ? SUSPECTED : ''}</span>`,
    `<span class="about">${escapeXml(about(finding))}</span></summary>`,
    `<div class="body"><p>${withCode(finding.message)}</p>`,
    ...(picture === undefined ? [] : [`<div class="picture">${picture}</div>`]),
    `<dl>${rowsOf(report, finding, explains)}</dl>${story ? storyPart(story) : ''}</div>`,
    '</details>',
  ].join('\n');
}

function rowsOf(report: DoctorReport, finding: Finding, explains: readonly Finding[]): string {
  const age = ageOf(finding, report);
  const causes = report.findings.filter(f => finding.causedBy.includes(f.fingerprint));
  return [
    row('Next', finding.fix.length === 0 ? '' : steps(finding.fix)),
    row(
      'At',
      cutList(
        locationsOf(finding).map(place => `<code>${escapeXml(place)}</code>`),
        NAMES,
      ),
    ),
    row('On', subjects(finding)),
    row('Seen', cutList(finding.evidence.map(fact), FACTS)),
    row('Since', age === undefined ? '' : escapeXml(age)),
    row('Explains', cutList(explains.map(link), EXPLAINED)),
    row('Follows from', cutList(causes.map(link), EXPLAINED)),
    row('Read', cutList(finding.links.map(source), FACTS)),
  ].join('');
}

function row(label: string, content: string): string {
  return content === '' ? '' : `<dt>${label}</dt><dd>${content}</dd>\n`;
}

function mark(finding: Finding): string {
  return `<span class="mark">${finding.severity}</span>`;
}

function about(finding: Finding): string {
  return countSubjects(finding.subjects, finding.subjectCount);
}

/** One line of names for each kind. */
function subjects({subjects: listed, subjectCount}: Finding): string {
  const lines = [...Map.groupBy(listed, s => s.kind)].map(([kind, alike]) => {
    const names = alike.map(s => `<strong>${escapeXml(nameOf(s))}</strong>`);
    const noun = alike.length === 1 ? kind : plural(kind);
    return `<span class="size">${escapeXml(noun)}</span> ${foldNames(names)}`;
  });
  const unlisted = subjectCount - listed.length;
  const rest = unlisted > 0 ? [`<span class="size">and ${thousands(unlisted)} more, not listed</span>`] : [];
  return listOf([...lines, ...rest]);
}

function foldNames(names: readonly string[]): string {
  if (names.length <= NAMES + 1) return names.join(', ');
  const rest = names.slice(NAMES);
  return `${names.slice(0, NAMES).join(', ')}<details class="more"><summary>${thousands(rest.length)} more</summary>${rest.join(', ')}</details>`;
}

function fact({at, pointer, value}: EvidenceRef): string {
  const place = `<span class="at"><code>${escapeXml(at)}</code> <code>${escapeXml(pointer)}</code></span>`;
  const shown = value === undefined ? '' : ` = <code>${escapeXml(valueText(value, LONG_VALUE))}</code>`;
  return `<span class="fact">${place}${shown}</span>`;
}

function steps(fix: readonly string[]): string {
  return `<ol class="next">${fix.map(step => `<li><span>${withCode(step, true)}</span></li>`).join('')}</ol>`;
}

/** A consequence or a cause, with the way to it on this page. */
function link(finding: Finding): string {
  const target = attributes({href: `#${anchorOf(finding)}`});
  const text = `<a${target}>${escapeXml(finding.id)} ${escapeXml(finding.title)}</a>`;
  return `<span class="explained ${finding.severity}">${mark(finding)} ${text} <span class="size">${escapeXml(about(finding))}</span></span>`;
}

/** A web address as a link, where it is one of https; anything else as text. */
function source(address: string): string {
  const text = escapeXml(address);
  if (!address.startsWith('https://')) return text;
  return `<a href="${text}" rel="noreferrer noopener">${text}</a>`;
}

/** The first few in sight, the others folded away. */
function cutList(items: readonly string[], limit: number): string {
  if (items.length === 0) return '';
  // A fold that hides one line costs a line itself.
  if (items.length <= limit + 1) return listOf(items);
  const rest = items.slice(limit);
  return `${listOf(items.slice(0, limit))}<details class="more"><summary>${thousands(rest.length)} more</summary>${listOf(rest)}</details>`;
}

function listOf(items: readonly string[]): string {
  return `<ul>${items.map(item => `<li>${item}</li>`).join('')}</ul>`;
}

function anchorOf(finding: Finding): string {
  return `f-${finding.fingerprint}`;
}

/** What stands in back-ticks as code; `copyable` gives commands, which have spaces, a button. */
export function withCode(text: string, copyable = false): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return escapeXml(text);
  let html = '';
  for (let i = 0; i < parts.length; i += 2) {
    const code = parts[i + 1];
    html += escapeXml(parts[i] ?? '');
    if (code === undefined) break;
    if (!copyable || !code.includes(' ')) {
      html += `<code>${escapeXml(code)}</code>`;
      continue;
    }
    // The full stop stays with the sentence, before the button.
    const after = parts[i + 2] ?? '';
    const stop = /^[.,:;)]*/.exec(after)?.[0] ?? '';
    parts[i + 2] = after.slice(stop.length);
    html += `<span class="command"><code>${escapeXml(code)}</code>${stop}${COPY}</span>`;
  }
  return html;
}

const COPY = '<button type="button" class="copy" hidden="">copy</button>';
