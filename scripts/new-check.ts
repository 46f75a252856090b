/** Writes a new check, its test with the three kinds of cases, and its line in the area's registry. */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {AREAS} from '../src/checks/define.ts';
import {CHECKS} from '../src/checks/index.ts';

const root = process.env['KUBECTL_WIN_ROOT'] ?? join(import.meta.dirname, '..');
const [id = '', name = ''] = process.argv.slice(2);

const area = AREAS.find(a => id.startsWith(a))?.toLowerCase();
if (!area || !/^[A-Z]{3}\d{3}$/.test(id))
  fail(`"${id}" is no id: an area (${AREAS.join(', ')}) and three digits`);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
  fail(`"${name}" is no name: the bad thing in kebab-case, as no-memory-limit`);
if (CHECKS.some(c => c.id === id)) fail(`${id} exists; ids are never used again`);

const check = join(root, 'src/checks', area, `${name}.ts`);
const test = join(root, 'test/checks', area, `${name}.test.ts`);
const index = join(root, 'src/checks', area, 'index.ts');
for (const path of [check, test]) if (existsSync(path)) fail(`${shown(path)} exists`);
const registry = existsSync(index) ? readFileSync(index, 'utf8') : '';
if (!registry.includes('export const checks')) fail(`${shown(index)} is no registry of an area`);

write(
  check,
  `import {defineCheck, fail, pass, ref} from '../define.ts';

export default defineCheck({
  id: '${id}',
  name: '${name}',
  severity: 'warning',
  since: '0.1.0',
  title: 'The fault as a headline',
  evidence: ['A'],
  // The first is what \`run\` walks over; the others are looked things up in.
  needs: ['nodes'],
  docs: {
    what: 'What is looked at, and when it fails.',
    why: 'What users of the workload suffer.',
    fix: ['What to type next, the least harmful first.'],
    links: ['https://kubernetes.io/docs/concepts/windows/'],
  },
  *run({nodes}) {
    for (const node of nodes) {
      if (node.status.nodeInfo?.operatingSystem !== 'broken') yield pass(node);
      else {
        yield fail(node, {
          cause: '',
          message: \`\${node.metadata.name} reports the operating system "broken"\`,
          evidence: [ref(node, '/status/nodeInfo/operatingSystem', 'broken')],
        });
      }
    }
  },
});
`,
);
write(
  test,
  `import check from '../../../src/checks/${area}/${name}.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

checkCases({
  check,
  finds: {
    'the one thing that was changed': () => [
      healthy().change('Node', 'win-1', node => (node.status.nodeInfo.operatingSystem = 'broken')),
      {subjects: ['Node//win-1'], severity: 'warning', says: /"broken"/},
    ],
  },
  passes: {'the healthy cluster': () => healthy()},
  unknown: {'nodes cannot be listed': () => [healthy().without('nodes'), 'nodes']},
});
`,
);
register();
console.log(
  [check, test, index].map(path => `written: ${shown(path)}`).join('\n') +
    `\nnext: say in the first two what the check is about, then \`npx ava ${shown(test)}\` and \`npm run docs\``,
);

/** Adds the import and the entry, each in its order. */
function register(): void {
  const binding = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const imported = registry.replace(/(import type [^\n]+\n)/, `$1import ${binding} from './${name}.ts';\n`);
  const entry = /checks: readonly Check\[\] = \[([^\]]*)\]/.exec(imported)?.[1] ?? '';
  const entries = [
    ...entry
      .split(',')
      .map(e => e.trim())
      .filter(Boolean),
    binding,
  ];
  writeFileSync(
    index,
    imported.replace(
      /(checks: readonly Check\[\] = \[)[^\]]*\]/,
      `$1\n${entries.map(e => `  ${e},\n`).join('')}]`,
    ),
  );
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
}

function shown(path: string): string {
  return relative(root, path);
}

function fail(message: string): never {
  console.error(`new-check: ${message}`);
  process.exit(2);
}
