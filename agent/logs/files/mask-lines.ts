import {MASK} from '../../../src/redact/mask.ts';
import {maskSecrets} from '../../../src/redact/quoted.ts';

/** Longest line that is kept together; a longer one goes on as several. Bounds the memory of a log without line ends. */
const MAX_LINE = 1 << 20;
/** A line that ends nowhere near a space could be cut inside a secret: so much of it is held back for the next piece. */
const OVERLAP = 4096;

/** Lines of the longest key in use (RSA of 16,384 bits has 200): one that never ends must not swallow the log. */
const MAX_KEY_LINES = 256;

const KEY_BEGINS = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/;
const KEY_ENDS = /-----END [A-Z ]{0,30}PRIVATE KEY-----/;

/** Turns pieces of text into whole lines without secrets. */
export interface LineMasker {
  /** The lines that are whole now, each with its LF. */
  push(text: string): string;
  /** The rest, which no line end follows. */
  end(): string;
}

/** Masks credentials line by line; a private key goes on over lines until its end. Line ends become LF. */
export function lineMasker(): LineMasker {
  let rest = '';
  let keyLines = 0;

  const mask = (line: string): string | undefined => {
    if (keyLines > 0) {
      keyLines = KEY_ENDS.test(line) ? 0 : keyLines - 1;
      return undefined;
    }
    const begins = KEY_BEGINS.exec(line);
    if (begins && !KEY_ENDS.test(line.slice(begins.index))) {
      keyLines = MAX_KEY_LINES;
      return `${maskSecrets(line.slice(0, begins.index))}${begins[0]}${MASK}`;
    }
    return maskSecrets(line);
  };
  const lines = (text: string): string =>
    text
      .split('\n')
      .map(line => mask(line.endsWith('\r') ? line.slice(0, -1) : line))
      .filter(line => line !== undefined)
      .map(line => `${line}\n`)
      .join('');

  return {
    push(text) {
      rest += text;
      let end = rest.lastIndexOf('\n');
      let whole = '';
      if (end !== -1) {
        whole = lines(rest.slice(0, end));
        rest = rest.slice(end + 1);
      }
      while (rest.length > MAX_LINE) {
        const space = rest.lastIndexOf(' ', MAX_LINE);
        end = space > MAX_LINE - OVERLAP ? space + 1 : MAX_LINE;
        whole += lines(rest.slice(0, end));
        rest = rest.slice(end);
      }
      return whole;
    },
    end() {
      const last = rest;
      rest = '';
      return last === '' ? '' : lines(last);
    },
  };
}
