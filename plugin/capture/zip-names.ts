import {decodeText} from '../../src/capture/decode.ts';
import {refuse} from './limits.ts';
import {entryName, quoted} from './names.ts';

/** A harmless path; empty for the root. Throws where the name is hostile. */
export function acceptZipName(archive: string, name: string): string {
  const checked = entryName(name);
  if ('hostile' in checked) throw refuse(archive, `its entry ${quoted(name)} ${checked.hostile}`);
  return checked.path;
}

/** Flag bit 11 says UTF-8; without it many writers use UTF-8 all the same, others the OEM code page of their system. */
export function decodeZipName(raw: Uint8Array): string {
  return decodeText(raw, 'cp437').text;
}
