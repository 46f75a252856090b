import {fields, flag, isRecord, list, text} from '../kube/shape.ts';

/** Microsoft Defender on a node (`defender.json`). */
export interface Defender {
  realTimeProtection?: boolean;
  exclusions?: {paths: string[]; processes: string[]};
}

const status = fields<{realTimeProtection?: boolean}>({realTimeProtection: flag});
const exclusions = fields<NonNullable<Defender['exclusions']>>(
  {paths: list(text), processes: list(text)},
  {paths: [], processes: []},
);

/** Reads `defender.json`. */
export function readDefender(value: unknown): Defender | undefined {
  if (!isRecord(value)) return undefined;
  const excluded = exclusions(value['exclusions'], '', undefined);
  return {...status(value['status'], '', undefined), ...(excluded && {exclusions: excluded})};
}
