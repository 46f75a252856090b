import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {Spool} from '../../../plugin/bundle/spool.ts';
import {PROBES_FILE, readProbing, writeProbing} from '../../../src/probes/file.ts';
import {planProbes} from '../../../src/probes/plan.ts';
import {compileRules} from '../../../src/redact/rules/rules.ts';
import {tempDir} from '../../helpers/archives.ts';
import {fleetOf} from '../../helpers/fleet.ts';
import {TestProbing} from '../../helpers/probing.ts';

test('what a user wants hidden is hidden in the list of probes as well, which stays one', t => {
  const rules = compileRules([
    {rule: 'address', value: '10.96.0.0'},
    {rule: 'names', regex: String.raw`(web-)(?P<mask>\d+-\d+)`},
  ]);
  const spool = new Spool(join(tempDir(t), 'b.tar.gz'), {rules});
  t.teardown(() => spool.close());
  const {value} = new TestProbing(planProbes(fleetOf(4)));
  const written = writeProbing(value);
  t.regex(written, /10\.96\.0\.0/);
  t.regex(written, /web-\d+-\d+/);
  spool.file(PROBES_FILE, written, {source: 'test'});
  const text = readFileSync(join(spool.folder, PROBES_FILE), 'utf8');
  t.notRegex(text, /10\.96\.0\.0|web-\d+-\d+/);
  const read = readProbing(text);
  t.true(read.ok && !read.partial && read.value.plan.probes.length === value.plan.probes.length);
});
