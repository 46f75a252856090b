import {hexOf, toUint32} from '../../src/data/code-number.ts';
import {explainHresult} from '../../src/data/hresults.ts';
import type {MissingReason} from '../../src/snapshot/evidence.ts';

/** A DLL or a function that this Windows does not have. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}

/** A call that Windows answered with an error. */
export class HcnError extends Error {
  override readonly name = 'HcnError';
  /** What was called: `HcnOpenEndpoint`. */
  readonly method: string;
  /** Unsigned. */
  readonly hresult: number;
  /** The service's own words, else what the code means. */
  readonly words: string;

  constructor(method: string, hresult: number, record: string | null) {
    const unsigned = toUint32(hresult);
    const known = explainHresult(unsigned);
    // Meanings of exit codes speak of containers.
    const meaning = known?.family === 'exit code' ? undefined : known?.meaning;
    const words = wordsOf(record) ?? meaning ?? 'no error record came with it';
    super(`${method}: ${known?.name ?? 'HRESULT'} (${hexOf(unsigned)}): ${words}`);
    this.method = method;
    this.hresult = unsigned;
    this.words = words;
  }
}

/** `Error` of HNS's records and `ErrorMessage` of HCS's; the record itself where it has another form. */
function wordsOf(record: string | null): string | undefined {
  if (!record) return undefined;
  try {
    const {Error: words, ErrorMessage: message}: {Error?: unknown; ErrorMessage?: unknown} =
      JSON.parse(record);
    const said = [message, words].find(text => typeof text === 'string' && text.trim() !== '');
    if (typeof said === 'string') return said.trim();
  } catch {
    // Not JSON, or not an object: its text is all there is.
  }
  return record;
}

const E_ACCESSDENIED = 0x8007_0005;
/** E_NOTIMPL, ERROR_NOT_SUPPORTED, HCN_E_REQUEST_UNSUPPORTED: this build of HNS does not know the question. */
const UNSUPPORTED: ReadonlySet<number> = new Set([0x8000_4001, 0x8007_0032, 0x803b_0015]);
/** ERROR_TIMEOUT, WAIT_TIMEOUT, HCS_E_OPERATION_TIMEOUT. */
const TIMEOUT: ReadonlySet<number> = new Set([0x8007_05b4, 0x8007_0102, 0x8037_0118]);

/** Why evidence is missing where a call threw this. */
export function missingOf(error: unknown): {reason: MissingReason; detail: string} {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof UnsupportedError) return {reason: 'unsupported', detail};
  if (!(error instanceof HcnError)) return {reason: 'failed', detail};
  if (error.hresult === E_ACCESSDENIED) return {reason: 'denied', detail};
  if (UNSUPPORTED.has(error.hresult)) return {reason: 'unsupported', detail};
  return {reason: TIMEOUT.has(error.hresult) ? 'timeout' : 'failed', detail};
}
