import {HcnError} from './errors.ts';
import type {HcnType} from './families.ts';
import type {Hcn} from './hcn.ts';
import {elementTexts, memberText} from './raw-json.ts';

/** One object of a list: its raw JSON, or why it could not be read. */
export type Listed = {text: string} | {id: string; error: HcnError};

/**
 * HCN_E_NETWORK_NOT_FOUND, HCN_E_ENDPOINT_NOT_FOUND, HCN_E_OBJECT_USED_AFTER_UNLOAD, ERROR_NOT_FOUND: the object went
 * away between the enumeration and the question, which on a busy node is no fault.
 */
const VANISHED: ReadonlySet<number> = new Set([0x803b_0001, 0x803b_0002, 0x803b_0031, 0x8007_0490]);

/** Lists the objects of a kind, one by one as they are read. Throws where the enumeration itself fails. */
export function* listObjects(hcn: Hcn, type: HcnType): Generator<Listed> {
  for (const element of elementTexts(hcn.enumerate(type))) {
    const listed = readObject(hcn, type, String(JSON.parse(element)));
    if (listed) yield listed;
  }
}

function readObject(hcn: Hcn, type: HcnType, id: string): Listed | undefined {
  try {
    return {text: propertiesOf(hcn, type, id)};
  } catch (error) {
    if (!(error instanceof HcnError)) throw error;
    return isVanished(error) ? undefined : {id, error};
  }
}

/** Whether an error says that the object is not there. */
export function isVanished({hresult}: HcnError): boolean {
  return VANISHED.has(hresult);
}

/** One object as JSON. Throws `HcnError`. */
export function propertiesOf(hcn: Hcn, type: HcnType, id: string): string {
  const handle = hcn.open(type, id);
  try {
    return hcn.properties(type, handle);
  } finally {
    hcn.close(type, handle);
  }
}

/**
 * Raw `Output` of a v1 question; empty where the answer has none. An answer of success whose body says that it failed is
 * a failure, as the PowerShell modules treat it, too.
 */
export function outputOf(hcn: Hcn, path: string): string {
  const response = hcn.get(path);
  const method = `HNSCall GET ${path}`;
  if (response.trim() === '') return '';
  const answer: {Success?: unknown; ErrorCode?: unknown} | null = JSON.parse(response);
  if (answer?.Success === false) {
    const code = typeof answer.ErrorCode === 'number' ? answer.ErrorCode : E_FAIL;
    throw new HcnError(method, code === 0 ? E_FAIL : code, response);
  }
  return memberText(response, 'Output') ?? '';
}

const E_FAIL = 0x8000_4005;
