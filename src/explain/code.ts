import {explainCode as lookUp} from '../data/hresults.ts';
import type {CodeMeaning} from '../data/hresults.ts';
import {hexOf, parseCode, toUint32} from '../data/code-number.ts';
import {paintCode, wrap} from '../report/columns.ts';
import {visible} from '../report/visible.ts';
import type {ExplainOptions} from './check.ts';

/** A code as somebody asked for it, with its meaning where one of the tables has it. */
export interface ExplainedCode {
  /** As it was asked for. */
  asked: string;
  hex: string;
  meaning: CodeMeaning | undefined;
}

/** Reads an HRESULT, NTSTATUS, Win32 or exit code, hexadecimal or decimal, signed or not; `undefined` where it is no code. */
export function codeOf(text: string): ExplainedCode | undefined {
  const code = parseCode(text);
  return code === undefined ? undefined : {asked: text, hex: hexOf(code), meaning: lookUp(text)};
}

/** Draws what a code means. One that no table has is told as such, with the number in its other forms to search for. */
export function renderCode({asked, hex, meaning}: ExplainedCode, options: ExplainOptions): string {
  const {palette, width} = options;
  const code = toUint32(Number.parseInt(hex, 16));
  const same = asked.toLowerCase() === hex ? hex : `${visible(asked)} is ${hex}`;
  const forms = `${same}, unsigned ${code}, signed ${code | 0}`;
  if (!meaning) {
    const advice =
      'No table of this program has it. The last digits may be a Win32 error: `net helpmsg NUMBER` on Windows.';
    return `${[palette.strong(forms), ...paintCode(wrap(advice, width), palette.code)].join('\n')}\n`;
  }
  const {family, name, cause, remedy, links} = meaning;
  const paragraph = (text: string | undefined): string[] =>
    text === undefined || text === '' ? [] : paintCode(wrap(sentence(text), width), palette.code);
  const blocks = [
    [`${palette.strong(name)} ${palette.dim(`${hex}, ${family}`)}`, palette.dim(forms)],
    paragraph(meaning.meaning),
    paragraph(cause),
    remedy === undefined ? [] : [palette.strong('Fix'), ...paragraph(remedy).map(line => `  ${line}`)],
    links.length === 0 ? [] : [palette.strong('Read'), ...links.map(link => `  ${link}`)],
  ];
  return `${blocks
    .filter(b => b.length > 0)
    .map(b => b.join('\n'))
    .join('\n\n')}\n`;
}

/** A clause of a table as a sentence. */
function sentence(clause: string): string {
  const first = clause.charAt(0).toUpperCase() + clause.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
