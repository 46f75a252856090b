import {CNI_ERRORS} from './errors/cni.ts';
import {COMPUTE_ERRORS} from './errors/compute.ts';
import type {ErrorEntry} from './errors/entry.ts';
import {LAYER_ERRORS} from './errors/layer.ts';
import {NETWORK_ERRORS} from './errors/network.ts';
import {POD_ERRORS} from './errors/pod.ts';
import {RUNTIME_ERRORS} from './errors/runtime.ts';
import {hexOf} from './code-number.ts';

export type {ErrorEntry} from './errors/entry.ts';

/** The day on which the sources of the catalogue were read. */
export const checkedAt = '2026-11-21';

/** Every known error of Windows nodes whose text reaches events, conditions or logs. */
export const ERRORS: readonly ErrorEntry[] = [
  ...COMPUTE_ERRORS,
  ...RUNTIME_ERRORS,
  ...LAYER_ERRORS,
  ...NETWORK_ERRORS,
  ...CNI_ERRORS,
  ...POD_ERRORS,
];

/** Lines that kubelets on Windows write in good health (https://github.com/kubernetes/kubernetes/issues/88942). */
const NOISE: readonly (readonly string[])[] = [
  ['unable to get cpu perf counter data', '0x800007d6'],
  ['kubelet needs to run as uid', '-1'],
  ['could not read /proc'],
  ['unable to read config path', 'manifests', 'path does not exist'],
];

/** Errors longer than this repeat themselves (HCS documents); their head names the fault. */
const MAX_TEXT = 8192;

/** Codes say more than words, so a code counts as a part of this length. */
const CODE_WEIGHT = 24;

/** Many checks ask about the same events, so the latest answers are kept. */
const answers = new Map<string, ErrorEntry | undefined>();
const MAX_ANSWERS = 20_000;

/**
 * Classifies the text of an error: the most specific entry whose parts all occur, which is the one that matches by the
 * most characters. `undefined` for noise and for what the catalogue does not know. Linear in the length of the text.
 */
export function classifyError(text: string): ErrorEntry | undefined {
  if (answers.has(text)) return answers.get(text);
  const answer = classify(text);
  if (answers.size >= MAX_ANSWERS) answers.clear();
  answers.set(text, answer);
  return answer;
}

function classify(text: string): ErrorEntry | undefined {
  const lowered = text.slice(0, MAX_TEXT).toLowerCase();
  const codes = codesIn(lowered);
  if (NOISE.some(parts => weigh(parts, lowered, codes) > 0)) return undefined;
  let best: ErrorEntry | undefined;
  let weight = 0;
  for (const entry of ERRORS) {
    for (const parts of entry.match) {
      const weighed = weigh(parts, lowered, codes);
      if (weighed > weight) {
        best = entry;
        weight = weighed;
      }
    }
  }
  return best;
}

/** Whether a line is one that healthy nodes write, too. */
export function isNoise(text: string): boolean {
  const lowered = text.slice(0, MAX_TEXT).toLowerCase();
  const codes = codesIn(lowered);
  return NOISE.some(parts => weigh(parts, lowered, codes) > 0);
}

/** The entry of an id, for `explain`. */
export function errorById(id: string): ErrorEntry | undefined {
  return ERRORS.find(e => e.id === id);
}

function weigh(parts: readonly string[], lowered: string, codes: ReadonlySet<string>): number {
  let weight = 0;
  for (const part of parts) {
    const isCode = part.startsWith('0x');
    if (isCode ? !codes.has(part) : !lowered.includes(part)) return 0;
    weight += isCode ? CODE_WEIGHT : part.length;
  }
  return weight;
}

const HEX = /\b(?:0x)([\da-f]{1,8})\b/g;
const BARE_HEX = /\berror code is ([\da-f]{8})\b/g;
const DECIMAL = /(?:errorcode"?\s*[:=]\s*|winapi error #)(\d{1,10})/g;

/**
 * The error codes of a lowered text in one notation, `0x` and no leading zeros: hexadecimal as written, `ErrorCode`
 * and `winapi error` in decimal. One code may stand for several: HCS codes appear as 0xc037…, wrapped Win32 codes as
 * 0x8007…, and NTSTATUS values with the bit that makes them an HRESULT.
 */
export function codesIn(lowered: string): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const [, digits = ''] of lowered.matchAll(HEX)) addCode(codes, Number.parseInt(digits, 16));
  for (const [, digits = ''] of lowered.matchAll(BARE_HEX)) addCode(codes, Number.parseInt(digits, 16));
  for (const [, digits = ''] of lowered.matchAll(DECIMAL)) addCode(codes, Number(digits));
  return codes;
}

function addCode(codes: Set<string>, code: number): void {
  if (code > 0xff_ff_ff_ff) return;
  const hex = hexOf(code);
  codes.add(plain(hex));
  if (hex.startsWith('0xc037')) codes.add(`0x8037${hex.slice(6)}`);
  if (hex.startsWith('0x8007')) codes.add(plain(`0x${hex.slice(6)}`));
  // FACILITY_NT_BIT: an NTSTATUS in the dress of an HRESULT.
  if (hex.startsWith('0xd')) codes.add(`0xc${hex.slice(3)}`);
}

function plain(hex: string): string {
  return hex.replace(/^0x0+(?=[\da-f])/, '0x');
}
