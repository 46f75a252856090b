import {CATALOGUE} from '../../src/checks/catalogue.ts';
import type {CheckFacts} from '../../src/checks/catalogue.ts';
import type {ProfileName} from '../../src/checks/define.ts';
import {PROFILES, selectChecks} from '../../src/checks/profiles.ts';
import {explainCheck} from '../../src/explain/check.ts';
import {checkDoc, checkItem, codeItem} from '../../src/explain/doc.ts';
import type {CheckItem, CodeItem} from '../../src/explain/doc.ts';
import {listChecks} from '../../src/explain/list.ts';
import {nearest} from '../../src/explain/nearest.ts';
import {EXIT} from '../../src/report/exit.ts';
import {UserError} from '../errors.ts';
import type {ColorChoice} from '../terminal.ts';
import {paletteFor, widthOf} from '../terminal.ts';
import {toolVersion} from '../version.ts';
import {writeResult} from './result.ts';

export interface ExplainFlags {
  list: boolean;
  output: 'text' | 'json' | 'yaml';
  color: ColorChoice;
}

/** Prints what a check or a code means, or the list of all checks. */
export async function explain(id: string | undefined, flags: ExplainFlags): Promise<void> {
  const how = {palette: paletteFor(process.stdout, flags.color), width: widthOf(process.stdout)};
  if (flags.list || id === undefined) {
    if (!flags.list && flags.output === 'text') {
      throw new UserError('say what to explain: the id of a check, or a code', {
        code: 'explain-what',
        fix: ['kubectl win explain SCH003', 'kubectl win explain 0x803b0013', 'kubectl win explain --list'],
        exitCode: EXIT.usage,
      });
    }
    await write(
      flags,
      () => listChecks(CATALOGUE, how),
      CATALOGUE.map(c => checkItem(c, profilesOf(c))),
    );
    return;
  }
  const check = CATALOGUE.find(c => c.id === id.toUpperCase() || c.name === id.toLowerCase());
  if (check) {
    await write(flags, () => explainCheck(check, profilesOf(check), how), [
      checkItem(check, profilesOf(check)),
    ]);
    return;
  }
  // Their tables are big, and checks are asked for most.
  const {eventItems, eventOf, renderEvent} = await import('../../src/explain/event.ts');
  const event = eventOf(id);
  if (event) {
    await write(flags, () => renderEvent(event, how), eventItems(event));
    return;
  }
  const {codeOf, renderCode} = await import('../../src/explain/code.ts');
  const code = codeOf(id);
  if (!code) throw unknownId(id);
  await write(flags, () => renderCode(code, how), [codeItem(code)]);
}

async function write(
  flags: ExplainFlags,
  text: () => string,
  items: (CheckItem | CodeItem)[],
): Promise<void> {
  const doc = checkDoc(toolVersion(), items);
  if (flags.output === 'text') await writeResult(text(), undefined);
  else if (flags.output === 'yaml') {
    const {stringify} = await import('../yaml.ts');
    await writeResult(stringify(doc), undefined);
  } else await writeResult(`${JSON.stringify(doc, undefined, 2)}\n`, undefined);
}

/** Names of the profiles that a check belongs to. */
function profilesOf(check: CheckFacts): ProfileName[] {
  return PROFILES.map(p => p.name).filter(profile => {
    const selection = selectChecks([check], {profile, only: [], skip: []});
    return typeof selection !== 'string' && selection.includes(check);
  });
}

function unknownId(id: string): UserError {
  const guess = nearest(id, [...CATALOGUE.map(c => c.id), ...CATALOGUE.map(c => c.name)]);
  return new UserError(`"${id}" is no check and no code`, {
    code: 'explain-unknown',
    fix: [
      ...(guess ? [`Did you mean \`kubectl win explain ${guess}\`?`] : []),
      'All checks: `kubectl win explain --list`',
    ],
    exitCode: EXIT.usage,
  });
}
