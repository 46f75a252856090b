import test from 'ava';
import {Storable} from '../../../plugin/bundle/storable.ts';

const FAULTS: readonly [path: string, fault: RegExp][] = [
  ['a/NUL', /every system/],
  ['a/com1.json', /every system/],
  ['a/CONIN$', /every system/],
  ['a/x. ', /every system/],
  ['a/x\u001b[2J', /every system/],
  ['a/b\\c', /every system/],
  [`a/${'é'.repeat(128)}`, /name is too long/],
  ['d/'.repeat(101) + 'x', /too many folders/],
  ['x'.repeat(2049), /path is too long/],
];

for (const [path, fault] of FAULTS)
  test(`not put down: ${JSON.stringify(path.slice(0, 20))} (${fault.source})`, t => {
    t.regex(new Storable().fault(path) ?? '', fault);
  });

test('names of real captures are put down', t => {
  const storable = new Storable();
  for (const path of [
    'a/nodes.json',
    'a/console.log',
    'a/.hidden',
    'a/null.json',
    'b/ä b.log',
    'a/pods/logs/x.log',
  ])
    t.is(storable.fault(path), undefined, path);
});

test('no file takes the place of another, also where systems do not tell upper from lower case', t => {
  const storable = new Storable();
  t.is(storable.fault('a/nodes.json'), undefined);
  t.regex(storable.fault('a/NODES.json') ?? '', /a\/nodes\.json has the same name/);
  t.regex(storable.fault('A/other.json') ?? '', /a has the same name/);
  t.regex(storable.fault('a/nodes.json/x') ?? '', /a\/nodes\.json has the same name/);
  t.regex(storable.fault('a') ?? '', /a has the same name/);
});
