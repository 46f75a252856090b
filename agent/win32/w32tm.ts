import type {TimeFacts} from '../../src/protocol/node-facts.ts';

const NOTHING: TimeFacts = {
  leapIndicator: null,
  stratum: null,
  rootDelaySeconds: null,
  rootDispersionSeconds: null,
  source: null,
  error: null,
};

/** Lines of `w32tm /query /status`, in their order in every language. */
const LEAP = 0;
const STRATUM = 1;
const ROOT_DELAY = 3;
const ROOT_DISPERSION = 4;
const SOURCE = 7;
const LINES = 9;

/**
 * What `w32tm /query /status` says: its words are translated, the order of its nine lines is not. An answer of another form
 * gives the error code that is in it (`0x80070426`, the service does not run), else null for all.
 */
export function parseTimeStatus(output: string): TimeFacts {
  const values = output
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
    .map(line => line.replace(/^[^:：]*[:：]\s*/, '').trim());
  if (values.length < LINES)
    return {...NOTHING, error: /0x[0-9a-f]{8}/i.exec(output)?.[0].toLowerCase() ?? null};
  return {
    leapIndicator: number(values[LEAP]),
    stratum: number(values[STRATUM]),
    rootDelaySeconds: number(values[ROOT_DELAY]),
    rootDispersionSeconds: number(values[ROOT_DISPERSION]),
    source: values[SOURCE] || null,
    error: null,
  };
}

/** A number at the start; German and French write a comma in it. */
function number(text = ''): number | null {
  const [found] = /^-?\d+(?:[.,]\d+)?/.exec(text) ?? [];
  return found === undefined ? null : Number(found.replace(',', '.'));
}
