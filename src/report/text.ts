import type {Finding, DoctorReport} from './report.ts';
import {columnsOf, cutTo, padTo, paintCode, wrap} from './columns.ts';
import {LONG_VALUE, aboutOf, ageOf, factOf, locationsOf} from './facts.ts';
import {REASONS, joinGaps} from './gaps.ts';
import type {Blind} from './gaps.ts';
import {outlineOf} from './outline.ts';
import type {Root} from './outline.ts';
import type {Paint, Palette} from './palette.ts';
import {nameSubjects} from './phrase.ts';
import {count, list, thousands} from '../text/words.ts';
import {nothingToDiagnose, sentenceOf, sourceLine, verdictOf} from './verdict.ts';
import {visible} from './visible.ts';

/** How a report is drawn for people. */
export interface TextOptions {
  palette: Palette;
  /** Columns of the terminal. */
  width: number;
  /** Everything at length: further findings, all facts, links, what each check lacked. */
  wide: boolean;
}

interface Page extends TextOptions {
  report: DoctorReport;
}

/** Severity and labels stand left of the text, right of which everything is aligned. */
const GUTTER = 8;
/** Narrower than this, text is not readable; the terminal may then break the lines itself. */
const MIN_WIDTH = 40;
/** A second line of a step or a fact stands this far in. */
const HANG = 2;
const NAMES = {short: 4, wide: 50};
const FACTS = {short: 2, wide: 8};
const FIXES = {short: 4, wide: 50};
const EXPLAINED = {short: 8, wide: 1000};

/** Draws a report that is read from the top down: verdict, root causes, the rest, what could not be seen, counts. */
export function renderText(report: DoctorReport, options: TextOptions): string {
  const page: Page = {...options, width: Math.max(MIN_WIDTH, options.width), report};
  const outline = outlineOf(report);
  const rest = options.wide
    ? section(
        page,
        'Other root causes',
        outline.further.length,
        outline.further.map(r => story(page, r)),
      )
    : section(page, 'Other root causes', outline.further.length, [
        brief(
          page,
          outline.further.map(r => r.finding),
        ),
      ]);
  const sections = [
    head(page),
    section(
      page,
      outline.heading,
      outline.told.length,
      outline.told.map(r => story(page, r)),
    ),
    rest,
    section(page, 'Consequences of faults left out', outline.stray.length, [brief(page, outline.stray)]),
    blindSpots(page),
    ownBugs(page),
    foot(page, outline.told[0]?.finding ?? outline.stray[0]),
  ];
  return `${sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`;
}

function head(page: Page): string[] {
  const verdict = verdictOf(page.report);
  const paint: Paint = line => page.palette[verdict.tone](page.palette.strong(line));
  return [
    ...wrap(`${sentenceOf(verdict)}.`, page.width).map(paint),
    ...wrap(sourceLine(page.report), page.width).map(page.palette.dim),
  ];
}

function section(page: Page, title: string, size: number, blocks: string[][]): string[] {
  if (size === 0) return [];
  const heading = `${page.palette.strong(title)} ${page.palette.dim(`(${thousands(size)})`)}`;
  return [heading, '', blocks.map(lines => lines.join('\n')).join('\n\n')];
}

/** One finding at length, with what it explains under it. */
function story(page: Page, {finding, explains}: Root): string[] {
  const {palette, wide} = page;
  const size = wide ? 'wide' : 'short';
  const age = ageOf(finding, page.report);
  const suspected = finding.state === 'suspected' ? ' (suspected: it may still heal by itself)' : '';
  return [
    ...title(page, finding, suspected),
    ...paragraph(page, visible(finding.message)),
    ...rows(page, 'at', upTo(locationsOf(finding), NAMES[size], 'place')),
    ...rows(page, 'on', [nameSubjects(finding.subjects, finding.subjectCount, NAMES[size])]),
    ...rows(page, 'seen', facts(finding, size), palette.dim),
    ...(age === undefined ? [] : rows(page, 'since', [age])),
    ...rows(page, 'next', upTo(finding.fix.map(visible), FIXES[size], 'step')),
    ...(wide ? rows(page, 'links', finding.links.map(visible), palette.dim) : []),
    ...rows(
      page,
      'causes',
      upTo(
        explains.map(e => explained(page, e)),
        EXPLAINED[size],
        'finding',
      ),
    ),
  ];
}

function title({palette, width}: Page, finding: Finding, suspected: string): string[] {
  const lines = wrap(`${visible(finding.title)}${suspected}`, width - 2 * GUTTER);
  return lines.map((line, i) =>
    i === 0
      ? palette[finding.severity](padTo(finding.severity, GUTTER)) +
        palette.strong(`${padTo(visible(finding.id), GUTTER)}${line}`)
      : ' '.repeat(2 * GUTTER) + palette.strong(line),
  );
}

function facts(finding: Finding, size: 'short' | 'wide'): string[] {
  const limit = size === 'wide' ? LONG_VALUE : undefined;
  return upTo(
    finding.evidence.map(e => factOf(e, limit)),
    FACTS[size],
    'fact',
  );
}

/** The first few, and how many there are beyond. */
function upTo(lines: string[], limit: number, noun: string): string[] {
  if (lines.length <= limit) return lines;
  return [...lines.slice(0, limit), `and ${count(lines.length - limit, `more ${noun}`)} (\`-o wide\`)`];
}

/** On one line, where it is about matters more than what it is called. */
function explained({width}: Page, finding: Finding): string {
  const room = width - GUTTER;
  const about = cutTo(aboutOf(finding), Math.floor(room / 2));
  const titled = cutTo(`${visible(finding.id)} ${visible(finding.title)}`, room - columnsOf(about) - 2);
  return `${titled}: ${about}`;
}

function paragraph(page: Page, text: string): string[] {
  const columns = page.width - GUTTER;
  return paintCode(wrap(text, columns), page.palette.code).map(line => ' '.repeat(GUTTER) + line);
}

/** Lines under one label; what goes on in a second line is indented. */
function rows(page: Page, label: string, texts: readonly string[], paint: Paint = text => text): string[] {
  const {palette, width} = page;
  const lines = texts.flatMap(text =>
    paintCode(wrap(text, width - GUTTER - HANG, width - GUTTER), palette.code).map((line, i) =>
      i === 0 ? line : `  ${line}`,
    ),
  );
  return lines.map((line, i) => {
    const gutter = i === 0 ? palette.dim(`${label.padStart(GUTTER - 2)}  `) : ' '.repeat(GUTTER);
    return gutter + paint(line);
  });
}

/** One line for each finding; of what was linted a second one, as its place is what to go to. */
function brief(page: Page, findings: readonly Finding[]): string[] {
  const {palette, width} = page;
  return findings.flatMap(finding => {
    if (finding.location) {
      const places = upTo(locationsOf(finding), NAMES.short, 'place').join(', ');
      const on = nameSubjects(finding.subjects, finding.subjectCount, NAMES.short);
      return [...title(page, finding, ''), ...rows(page, 'at', [places]), ...rows(page, 'on', [on])];
    }
    const about = cutTo(aboutOf(finding), width / 2);
    const room = width - 2 * GUTTER - columnsOf(about) - 2;
    return (
      palette[finding.severity](padTo(finding.severity, GUTTER)) +
      padTo(visible(finding.id), GUTTER) +
      `${cutTo(visible(finding.title), room)}: ${palette.dim(about)}`
    );
  });
}

function blindSpots(page: Page): string[] {
  const {report, palette, width} = page;
  const blinds = joinGaps(report.unknown);
  // With nothing of Windows there, nobody misses the state of Windows nodes.
  const shown = nothingToDiagnose(report) ? blinds.filter(b => b.reason !== 'not-requested') : blinds;
  if (shown.length === 0) return [];
  return [
    palette.strong('Could not be seen'),
    '',
    ...shown.flatMap(blind =>
      wrap(blindText(blind, page.wide), width - 4).map((line, i) => (i === 0 ? `  ${line}` : `    ${line}`)),
    ),
  ];
}

function blindText({reason, detail, evidence, checks}: Blind, wide: boolean): string {
  const names = evidence.map(visible);
  const shown =
    wide || names.length < 5 ? list(names) : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
  const who = wide ? `checks ${checks.map(visible).join(', ')}` : count(checks.length, 'check');
  return `${shown}: ${visible(detail)} (${REASONS[reason]}; ${who})`;
}

function ownBugs({report, palette, width, wide}: Page): string[] {
  if (report.problems.length === 0) return [];
  return [
    palette.strong('Bugs of this tool, worth a report'),
    '',
    ...report.problems.flatMap(({where, detail}) => {
      const told = wide ? detail : (detail.split('\n')[0] ?? '');
      return wrap(`${visible(where)}: ${visible(told)}`, width - 2).map(line => `  ${line}`);
    }),
  ];
}

function foot({report, palette, width, wide}: Page, first: Finding | undefined): string[] {
  const {pass, fail, unknown, skip} = report.summary.outcomes;
  const counts = `${thousands(pass)} passed, ${thousands(fail)} failed, ${thousands(unknown)} unknown, ${thousands(skip)} did not apply`;
  const more = wide ? '' : ', `-o wide` shows every fact';
  const hint = first ? [`\`kubectl win explain ${visible(first.id)}\` says what a finding means${more}`] : [];
  return [counts, ...hint].flatMap(text => wrap(text, width)).map(palette.dim);
}
