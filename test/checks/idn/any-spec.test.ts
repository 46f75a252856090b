import test from 'ava';
import * as fc from 'fast-check';
import {specFaults} from '../../../src/checks/idn/shared/gmsa-spec-faults.ts';
import {credentialSpec} from '../../helpers/gmsa.ts';

test('no credential spec makes its rules throw', t => {
  fc.assert(
    fc.property(fc.jsonValue({maxDepth: 5}), value => {
      t.true(Array.isArray(specFaults(value)));
    }),
  );
});

test('any one field replaced by something else is a fault, or the same text again', t => {
  const fields = ['DnsName', 'DnsTreeName', 'Guid', 'MachineAccountName', 'NetBiosName', 'Sid'];
  fc.assert(
    fc.property(
      fc.constantFrom(...fields),
      fc.oneof(fc.integer(), fc.constant(null), fc.constant('')),
      (field, value) => {
        const {credspec} = credentialSpec(c => (c.DomainJoinConfig[field] = value));
        t.deepEqual(
          specFaults(credspec).map(f => f.pointer),
          [`/DomainJoinConfig/${field}`],
        );
      },
    ),
  );
});
