import test from 'ava';
import {CHECKS} from '../../src/checks/index.ts';
import {judge} from '../../src/checks/engine.ts';
import {NODE_COLLECTORS, isNodeKey} from '../../src/node/evidence.ts';
import {isReadFile} from '../../src/node/files.ts';
import {COLLECTORS} from '../../src/protocol/collectors.ts';
import {healthyWithAgents} from '../helpers/cluster.ts';
import {healthyNode} from '../helpers/healthy-node.ts';

test('the evidence that each check declares of nodes is made of files of the layout', t => {
  const files = new Map<string, readonly string[]>(COLLECTORS.map(c => [c.name, c.files]));
  for (const {id, needs, wants, passNeeds} of CHECKS) {
    for (const key of [...needs, ...wants, ...passNeeds].filter(isNodeKey)) {
      for (const name of NODE_COLLECTORS[key]) {
        const made = files.get(name) ?? [];
        t.true(made.length > 0, `${id} ${key}: collector ${name}`);
        for (const file of made) t.true(isReadFile(file.replaceAll('*', 'x')), `${id} ${key}: ${file}`);
      }
    }
  }
});

test('every file of a healthy node is of the layout', t => {
  for (const [file] of healthyNode('win-1').texts) t.true(isReadFile(file), file);
});

test('no check is wrong about healthy nodes', t => {
  const {fails, problems} = judge(healthyWithAgents().snapshot(), CHECKS);
  t.deepEqual(
    fails.flatMap(f => f.fails.map(x => `${f.check.id}: ${x.message}`)),
    [],
  );
  t.deepEqual(problems, []);
});
