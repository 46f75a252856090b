import test from 'ava';
import {AREAS} from '../../src/checks/define.ts';
import type {Check, ProfileName} from '../../src/checks/define.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {PROFILES, selectChecks} from '../../src/checks/profiles.ts';

const none = {only: [], skip: []};

function idsOf(selection: readonly Check[] | string): string[] {
  if (typeof selection === 'string') throw new TypeError(selection);
  return selection.map(c => c.id);
}
const choose = (...only: string[]): string[] =>
  idsOf(selectChecks(CHECKS, {profile: 'support', only, skip: []}));
const inProfile = (profile: ProfileName): string[] => idsOf(selectChecks(CHECKS, {profile, ...none}));

test('every name of a profile is an area or an id of one', t => {
  for (const {includes, excludes} of PROFILES) {
    for (const word of [...includes, ...excludes]) {
      t.true(
        AREAS.some(a => word === a || new RegExp(`^${a}\\d{3}$`).test(word)),
        word,
      );
    }
  }
});

test('no profile names a word twice', t => {
  for (const {name, includes} of PROFILES) t.is(new Set(includes).size, includes.length, name);
});

test('support is everything but the checks of build farms', t => {
  t.deepEqual(
    inProfile('support'),
    CHECKS.filter(c => c.area !== 'CIB').map(c => c.id),
  );
});

test('each profile holds its own area whole', t => {
  const areas: [ProfileName, string][] = [
    ['ci-build', 'CIB'],
    ['gmsa', 'IDN'],
    ['storage', 'STO'],
  ];
  for (const [profile, area] of areas) {
    const ids = inProfile(profile);
    t.deepEqual(
      CHECKS.filter(c => c.area === area && !ids.includes(c.id)).map(c => c.id),
      [],
      profile,
    );
  }
});

test('without a profile every check is meant', t => {
  t.deepEqual(
    idsOf(selectChecks(CHECKS, none)),
    CHECKS.map(c => c.id),
  );
});

test('ids, names and areas choose, in any case and beyond the profile', t => {
  t.deepEqual(choose('sto003'), ['STO003']);
  t.deepEqual(choose('gmsa-crd-missing'), ['IDN001']);
  t.deepEqual(choose('CIB003'), ['CIB003']);
  t.deepEqual(
    choose('sto', 'IDN001'),
    CHECKS.filter(c => c.area === 'STO' || c.id === 'IDN001').map(c => c.id),
  );
});

test('what is skipped is left out, of a profile and of a choice', t => {
  const left = idsOf(selectChecks(CHECKS, {profile: 'storage', only: [], skip: ['STO003', 'kbl']}));
  t.true(left.includes('STO001'));
  t.false(left.some(id => id === 'STO003' || id.startsWith('KBL')));
  t.deepEqual(idsOf(selectChecks(CHECKS, {only: ['STO003'], skip: ['STO']})), []);
});

test('an area without a check here is no mistake', t => {
  t.deepEqual(idsOf(selectChecks([], {only: ['HNS'], skip: []})), []);
});

test('a mistyped word is told, with the nearest that is none', t => {
  t.is(
    selectChecks(CHECKS, {only: ['STO0O3'], skip: []}),
    '"STO0O3" is no check and no area; did you mean STO003?',
  );
  const answer = selectChecks(CHECKS, {only: [], skip: ['everything']});
  t.true(typeof answer === 'string' && /^"everything" is no check.*areas are SCH/.test(answer));
});
