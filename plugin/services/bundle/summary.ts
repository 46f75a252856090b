import type {ManifestGap} from '../../../src/capture/manifest.ts';
import type {Collected} from './collect.ts';

/** Gaps that are told one by one; the manifest has all of them. */
const MAX_TOLD = 10;

/** What a user wants to know of a bundle that was made: one sentence a line. */
export function summaryOf({files, objects, redactions, missing}: Collected): string[] {
  // What was left out because nobody asked for it is no news.
  const told = missing.filter(gap => gap.reason !== 'not-requested');
  const more = told.length - MAX_TOLD;
  return [
    `${files} files, ${objects} API objects, ${redactions} values taken out`,
    ...told.slice(0, MAX_TOLD).map(sentence),
    ...(more > 0 ? [`${more} more things are missing: \`kubectl win bundle inspect\` lists them`] : []),
  ];
}

function sentence({what, node, reason, detail, partial}: ManifestGap): string {
  const where = node === undefined ? '' : ` of ${node}`;
  return `${partial === true ? 'only a part of ' : 'no '}${what}${where} (${reason}): ${detail}`;
}
