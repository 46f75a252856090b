import {CHECKS} from '../../src/checks/index.ts';
import type {Check} from '../../src/checks/define.ts';
import {PROFILES, selectChecks} from '../../src/checks/profiles.ts';

/** A page of Markdown for each check, by its id. */
export function checkPages(): Map<string, string> {
  const profiles = PROFILES.map(({name}) => {
    const chosen = selectChecks(CHECKS, {profile: name, only: [], skip: []});
    return {name, ids: new Set(typeof chosen === 'string' ? [] : chosen.map(c => c.id))};
  });
  return new Map(
    CHECKS.map(check => [
      check.id,
      pageOf(
        check,
        profiles.filter(p => p.ids.has(check.id)).map(p => p.name),
      ),
    ]),
  );
}

function pageOf(
  {id, name, severity, title, evidence, since, docs}: Check,
  profiles: readonly string[],
): string {
  return [
    `# ${id}: ${title}`,
    `\`${name}\`, ${severity}, since ${since}. Evidence: ${evidence.join(', ')}. Profiles: ${profiles.join(', ')}.`,
    '## What it means',
    docs.what,
    '## Why it matters',
    docs.why,
    '## What to do',
    docs.fix.map((step, i) => `${i + 1}. ${step}`).join('\n'),
    ...(docs.links.length > 0 ? ['## Read', docs.links.map(url => `- <${url}>`).join('\n')] : []),
    `In a terminal: \`kubectl win explain ${id}\`.`,
  ].join('\n\n');
}
