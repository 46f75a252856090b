import type {CheckFacts} from '../checks/catalogue.ts';
import type {EvidenceKind} from '../checks/define.ts';
import {padTo, paintCode, wrap} from '../report/columns.ts';
import type {Palette} from '../report/palette.ts';
import {list} from '../text/words.ts';

/** How an explanation is drawn. */
export interface ExplainOptions {
  palette: Palette;
  /** Columns of the terminal. */
  width: number;
}

/** Sources of evidence in words. */
const EVIDENCE_KINDS: Record<EvidenceKind, string> = {
  A: 'the Kubernetes API',
  N: 'node state',
  P: 'probes',
  L: 'container logs',
  M: 'manifests',
};

const INDENT = 2;
const LABEL = 10;
/** Lines longer than this tire the eye, however wide the terminal is. */
const MAX_WIDTH = 100;

/** Draws the documentation of a check: what it looks at, why that matters, what to do, where to read on. */
export function explainCheck(
  check: CheckFacts,
  profiles: readonly string[],
  options: ExplainOptions,
): string {
  const {palette} = options;
  const width = Math.min(MAX_WIDTH, Math.max(40, options.width));
  const {docs, id, name, severity, title} = check;
  const head = `${palette[severity](severity)} ${palette.strong(id)} ${palette.dim(name)}`;
  const facts = [
    ...fact(options, width, 'evidence', list(check.evidence.map(kind => EVIDENCE_KINDS[kind]))),
    ...fact(options, width, 'needs', list([...check.needs, ...check.passNeeds])),
    ...(check.wants.length > 0 ? [...fact(options, width, 'helped by', list([...check.wants]))] : []),
    ...fact(options, width, 'profiles', profiles.length > 0 ? list(profiles) : 'none'),
    ...fact(options, width, 'since', check.since),
  ];
  const blocks = [
    [head, ...wrap(title, width).map(palette.strong)],
    block(options, 'What', [docs.what], width),
    block(options, 'Why', [docs.why], width),
    block(options, 'Fix', docs.fix, width),
    docs.links.length > 0
      ? [palette.strong('Read'), ...docs.links.map(link => ' '.repeat(INDENT) + link)]
      : [],
    facts,
  ];
  return `${blocks
    .filter(b => b.length > 0)
    .map(b => b.join('\n'))
    .join('\n\n')}\n`;
}

function block(
  {palette}: ExplainOptions,
  heading: string,
  texts: readonly string[],
  width: number,
): string[] {
  const numbered = texts.length > 1;
  const lines = texts.flatMap((text, i) => {
    const mark = numbered ? `${i + 1}. ` : '';
    const room = width - INDENT - mark.length;
    return paintCode(wrap(text, room), palette.code).map(
      (line, n) => ' '.repeat(INDENT) + (n === 0 ? mark : ' '.repeat(mark.length)) + line,
    );
  });
  return [palette.strong(heading), ...lines];
}

function fact({palette}: ExplainOptions, width: number, label: string, value: string): string[] {
  return wrap(value, width - LABEL).map((line, i) => palette.dim(padTo(i === 0 ? label : '', LABEL)) + line);
}
