import type {Severity} from '../checks/define.ts';

/** Paints a string: adds what colours it and changes nothing else. */
export type Paint = (text: string) => string;

/** The colours of a report. */
export interface Palette extends Record<Severity, Paint> {
  good: Paint;
  strong: Paint;
  dim: Paint;
  /** A command or a name in back-ticks. */
  code: Paint;
}

const plain: Paint = text => text;

/** No colour: files, pipes, `NO_COLOR`. */
export const PLAIN: Palette = {
  error: plain,
  warning: plain,
  info: plain,
  good: plain,
  strong: plain,
  dim: plain,
  code: plain,
};

/** The eight colours that every terminal has, so that a user's theme decides how they look. */
export const ANSI: Palette = {
  error: sgr('1;31', '22;39'),
  warning: sgr('33', '39'),
  info: sgr('34', '39'),
  good: sgr('32', '39'),
  strong: sgr('1', '22'),
  dim: sgr('2', '22'),
  code: sgr('36', '39'),
};

function sgr(on: string, off: string): Paint {
  return text => (text === '' ? text : `\x1b[${on}m${text}\x1b[${off}m`);
}
