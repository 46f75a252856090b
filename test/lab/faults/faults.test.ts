import type {ExecutionContext} from 'ava';
import test from 'ava';
import type {DoctorReport} from '../../../src/report/report.ts';
import {startLab, type TestLab} from '../lab.ts';
import {diagnoseLab} from './diagnose-lab.ts';
import type {Fault} from './fault.ts';
import {Injector} from './injector.ts';
import {FAULT_TABLES} from './tables.ts';

const ENOUGH = 60;

const labs = new Map<string, Promise<TestLab>>();

/** One lab a scene for all its faults: each is taken back before the next. */
async function labOf(scene: string): Promise<TestLab> {
  const lab = labs.get(scene) ?? startLab({scene});
  labs.set(scene, lab);
  return lab;
}

test.after.always('labs are stopped', async () => {
  for (const lab of labs.values()) await (await lab).stop();
});

test(`the table holds at least ${ENOUGH} faults`, t => {
  const all = FAULT_TABLES.flatMap(table => table.faults);
  t.true(all.length >= ENOUGH, `${all.length}`);
  t.is(new Set(all.map(fault => fault.title)).size, all.length, 'each stands once');
});

for (const {scene, faults} of FAULT_TABLES) {
  for (const fault of faults) {
    test.serial(`${fault.id} is the first root cause: ${fault.title} (${scene})`, async t => {
      const lab = await labOf(scene);
      const injector = new Injector(lab);
      try {
        await fault.inject?.(injector);
        await injector.settle();
        const edit = fault.read && {edit: fault.read.edit};
        isFirst(t, await diagnoseLab(lab, {...fault.look, ...edit}), fault);
      } finally {
        await injector.undo();
      }
    });
  }

  test.serial(`nothing is left of the faults of ${scene}`, async t => {
    const {findings} = await diagnoseLab(await labOf(scene));
    t.deepEqual(
      findings.filter(f => f.severity !== 'info').map(f => `${f.id} ${f.message}`),
      [],
    );
  });
}

function isFirst(t: ExecutionContext, {findings, problems}: DoctorReport, {id}: Fault): void {
  t.deepEqual(problems, []);
  const [first] = findings;
  if (first?.id !== id || first.causedBy.length > 0) {
    t.log(
      findings.map(f => `${f.causedBy.length > 0 ? '-> ' : ''}${f.severity} ${f.id} ${f.message}`).join('\n'),
    );
  }
  t.is(first?.id, id);
  t.deepEqual(first?.causedBy, []);
}
