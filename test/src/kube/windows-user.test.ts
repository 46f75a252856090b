import test from 'ava';
import {privilegedAccount, userNameFault} from '../../../src/kube/windows-user.ts';

/** What the kubelet does with `runAsNonRoot` for each: it refuses the bare name of the administrator alone. */
test('accounts with every right', t => {
  const cases: [string, ReturnType<typeof privilegedAccount>][] = [
    ['ContainerAdministrator', 'administrator'],
    ['CONTAINERADMINISTRATOR', 'administrator'],
    ['User Manager\\ContainerAdministrator', 'qualified-administrator'],
    ['NT AUTHORITY\\SYSTEM', 'system'],
    ['nt authority\\system', 'system'],
    ['SYSTEM', 'system'],
    ['ContainerUser', undefined],
    ['NT AUTHORITY\\NetworkService', undefined],
    ['CONTOSO\\System-web', undefined],
    ['', undefined],
  ];
  for (const [name, expected] of cases) t.is(privilegedAccount(name), expected, name);
});

test('user names at the limits; the lab proves the rest against the API server', t => {
  t.is(userNameFault('a'.repeat(104)), undefined);
  t.truthy(userNameFault('a'.repeat(105)));
  t.is(userNameFault(`${'a'.repeat(15)}\\u`), undefined);
  t.is(userNameFault(`${'a'.repeat(63)}.${'b'.repeat(63)}\\u`), undefined);
  t.truthy(userNameFault(`${'a'.repeat(64)}\\u`));
  t.truthy(userNameFault('.corp\\u'));
  t.is(userNameFault('-corp\\u'), undefined, 'NetBIOS allows what DNS does not');
});
