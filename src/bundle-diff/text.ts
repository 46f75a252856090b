import type {Subject} from '../checks/define.ts';
import {nameSubjects} from '../report/phrase.ts';
import type {Palette} from '../report/palette.ts';
import {visible} from '../report/visible.ts';
import {count, thousands} from '../text/words.ts';
import type {BundleDiff, ChangeItem, DiffGap, FindingChange, Section} from './change.ts';
import {SECTIONS} from './change.ts';

/** Lines of a section that are shown; `-o json` has more. */
const MAX_LINES = 40;
/** Names in one line. */
const NAMES = 3;

const TITLES: Record<Section, string> = {version: 'Versions', state: 'State', hns: 'HNS'};
const WORDS: readonly FindingChange['change'][] = ['new', 'worse', 'still', 'unseen', 'better', 'gone'];

/** A diff as people read it: findings, versions, state, HNS, and what could not be compared. */
export function renderDiff(diff: BundleDiff, palette: Palette): string {
  const {base, source, findings, items, leftOut, unknown} = diff;
  const lines = [
    `${palette.dim('before')}  ${visible(base.name)}, ${visible(base.collectedAt)}`,
    `${palette.dim('after ')}  ${visible(source.name)}, ${visible(source.collectedAt)}`,
    ...section(
      palette,
      `Findings: ${tally(findings)}`,
      findings.map(f => findingLine(f, palette)),
      0,
    ),
    ...SECTIONS.flatMap(name => {
      const own = items.filter(item => item.section === name);
      const title = `${TITLES[name]}: ${own.length === 0 ? 'no change in what both show' : count(own.length + (leftOut[name] ?? 0), 'change')}`;
      return section(palette, title, own.map(itemLine), leftOut[name] ?? 0);
    }),
    ...(unknown.length > 0 ? section(palette, 'Not compared', unknown.map(gapLine), 0) : []),
  ];
  return lines.map(line => `${line}\n`).join('');
}

function section(palette: Palette, title: string, lines: readonly string[], leftOut: number): string[] {
  const more = lines.length - MAX_LINES + leftOut;
  const shown = lines.slice(0, MAX_LINES).map(line => `  ${line}`);
  const rest = more > 0 ? [palette.dim(`  and ${thousands(more)} more: \`-o json\` has them`)] : [];
  return ['', palette.strong(title), ...shown, ...rest];
}

function tally(findings: readonly FindingChange[]): string {
  const parts = WORDS.flatMap(word => {
    const n = findings.filter(f => f.change === word).length;
    return n === 0 ? [] : [`${thousands(n)} ${word}`];
  });
  return parts.length === 0 ? 'none in either' : parts.join(', ');
}

function findingLine(finding: FindingChange, palette: Palette): string {
  const {change, severity, id, title, message, before, after} = finding;
  const paint = change === 'gone' || change === 'better' ? palette.good : palette[severity];
  const figures =
    change === 'new' || change === 'gone' || before === after
      ? String(Math.max(before, after))
      : `${before} → ${after}`;
  const head = `${paint(change.padEnd(6))} ${severity.padEnd(7)} ${id}  ${visible(title)} (${figures})`;
  const body = change === 'new' ? [`${' '.repeat(17)}${visible(message)}`] : [];
  const {added, addedCount, removed, removedCount, unseenCount} = finding;
  const names = [
    ...(addedCount > 0 && change !== 'new' ? [`now also ${nameSubjects(added, addedCount, NAMES)}`] : []),
    ...(change === 'new' ? [`on ${nameSubjects(added, addedCount, NAMES)}`] : []),
    ...(removedCount > 0 && change !== 'gone' && change !== 'unseen'
      ? [`no more ${nameSubjects(removed, removedCount, NAMES)}`]
      : []),
    ...(unseenCount > 0 ? [unseenLine(removed, {removedCount, unseenCount})] : []),
  ].map(text => palette.dim(`${' '.repeat(17)}${text}`));
  return [head, ...body, ...names].join('\n  ');
}

function unseenLine(
  removed: readonly Subject[],
  {removedCount, unseenCount}: Pick<FindingChange, 'removedCount' | 'unseenCount'>,
): string {
  const who =
    unseenCount === removedCount
      ? nameSubjects(removed, removedCount, NAMES)
      : `${thousands(unseenCount)} of these`;
  return `not known of ${who}: the later one could not be judged for it`;
}

function itemLine(item: ChangeItem): string {
  const {change, what, field, subjects, subjectCount} = item;
  const names = nameSubjects(subjects, subjectCount, NAMES);
  const kinds = new Set(subjects.map(s => s.kind));
  const isKind = kinds.size === 1 && kinds.has(what);
  const about = isKind ? names : `${visible(what)} on ${names}`;
  if (change !== 'changed') return `${change === 'added' ? '+' : '-'} ${about}`;
  return `~ ${about}: ${field === null ? '' : `${visible(field)} `}${valuesOf(item)}`;
}

function valuesOf({before, after, variants}: ChangeItem): string {
  const pair = `${valueOf(before)} → ${valueOf(after)}`;
  return variants > 1 ? `${pair} (the most frequent of ${thousands(variants)} different changes)` : pair;
}

function valueOf(value: string | null): string {
  return value === null ? 'nothing' : value === '' ? '""' : visible(value);
}

function gapLine({evidence, in: side, reason, detail, subjects, subjectCount}: DiffGap): string {
  const where = subjectCount === 0 ? '' : ` on ${nameSubjects(subjects, subjectCount, NAMES)}`;
  return `${visible(evidence)}${where}: not in the one ${side} (${reason}: ${visible(detail)})`;
}
