import test from 'ava';
import {bundle} from '../../../scripts/programs/bundle.ts';
import {RECIPES} from '../../../scripts/programs/recipes.ts';
import {TARGETS} from '../../../scripts/programs/targets.ts';

test('a child process reads nothing that the server alone stands on, and every script is ASCII', async t => {
  const {agent} = RECIPES;
  const scripts = await bundle(agent.entry, {recipe: agent, target: TARGETS['windows/amd64']});
  t.deepEqual([...scripts.keys()], ['main.cjs', 'commands.cjs', 'child.cjs']);
  for (const script of scripts.values()) t.true(script.every(byte => byte < 128));
  const text = (name: string): string => new TextDecoder().decode(scripts.get(name));
  for (const library of ['@grpc', 'execa', 're2js', 'yaml']) {
    t.true(text('commands.cjs').includes(`node_modules/${library}`), library);
    t.false(text('child.cjs').includes(`node_modules/${library}`), library);
  }
  t.regex(text('main.cjs'), /require\("\.\/child\.cjs"\)/);
});

test('the plugin reads what a command needs, not what all commands do', async t => {
  const {plugin} = RECIPES;
  const scripts = await bundle(plugin.entry, {recipe: plugin, target: TARGETS['linux/amd64']});
  for (const script of scripts.values()) t.true(script.every(byte => byte < 128));
  const texts = [...scripts.values()].map(script => new TextDecoder().decode(script));
  const [framework = '', ...others] = texts.filter(text =>
    text.includes('"node_modules/@oclif/core/lib/index.js"'),
  );
  t.deepEqual(others, []);
  for (const mark of ['taint-not-tolerated', 'node_modules/yaml/dist/index.js', 'Sec-WebSocket-Key']) {
    t.true(
      texts.some(text => text.includes(mark)),
      mark,
    );
    t.false(framework.includes(mark), mark);
  }
  t.true((scripts.get('main.cjs')?.length ?? 0) < 16_000);
});
