import test from 'ava';
import {HcnError} from '../../../../agent/hcn/errors.ts';
import type {Hcn} from '../../../../agent/hcn/hcn.ts';
import type {CompartmentPorts} from '../../../../agent/probes/child/compartment.ts';
import {enterCompartment} from '../../../../agent/probes/child/compartment.ts';
import {EnterError} from '../../../../agent/probes/child/entered.ts';

const NAMESPACE = 'aaaaaaaa-0123-4567-89ab-cdef01234567';
const NOT_FOUND = 0x8007_0490;

const unused = (): never => {
  throw new Error('nobody asks this');
};

/** A Windows whose namespace has these compartments, look by look; `undefined`: it is not there. */
function windows(
  compartments: readonly (number | undefined)[],
  {status = 0, stays = false}: {status?: number; stays?: boolean} = {},
) {
  const calls: string[] = [];
  let looks = 0;
  let current = 1;
  const hcn: Hcn = {
    enumerate: unused,
    get: unused,
    open(type, id) {
      calls.push(`open ${type} ${id}`);
      if (compartments[Math.min(looks, compartments.length - 1)] === undefined)
        throw new HcnError('HcnOpenNamespace', NOT_FOUND, null);
      return 1n;
    },
    properties() {
      calls.push('query');
      return JSON.stringify({NamespaceId: compartments[Math.min(looks++, compartments.length - 1)]});
    },
    close: () => void calls.push('close'),
  };
  const ports: CompartmentPorts = {
    hcn,
    set(compartment) {
      calls.push(`set ${compartment}`);
      if (status === 0 && !stays) current = compartment;
      return status;
    },
    get() {
      calls.push('get');
      return current;
    },
  };
  return {calls, ports};
}

test('the namespace is asked for its compartment, which is entered, read back, and asked for again', t => {
  const {calls, ports} = windows([7]);
  const entered = enterCompartment(NAMESPACE, ports);
  t.is(entered.way, 'compartment');
  const ask = [`open Namespace ${NAMESPACE}`, 'query', 'close'];
  t.deepEqual(calls, [...ask, 'set 7', 'get', ...ask]);
  t.is(entered.gone(), undefined);
  t.deepEqual(calls.slice(-3), ask);
});

test('a namespace that is not there is gone, before and after', t => {
  t.is(
    t.throws(() => enterCompartment(NAMESPACE, windows([undefined]).ports), {instanceOf: EnterError})?.error,
    'gone',
  );
  const {ports} = windows([7, 7, undefined]);
  t.regex(String(enterCompartment(NAMESPACE, ports).gone()), /HcnOpenNamespace/);
});

test('a compartment whose number was given to another namespace meanwhile is not the one', t => {
  t.is(
    t.throws(() => enterCompartment(NAMESPACE, windows([7, 8]).ports), {instanceOf: EnterError})?.error,
    'gone',
  );
  const {ports} = windows([7, 7, 8]);
  t.regex(String(enterCompartment(NAMESPACE, ports).gone()), /another compartment/);
});

test("neither the host's compartment nor one that Windows does not give is taken for the pod's", t => {
  for (const [says, made] of [
    [/host's own/, windows([1])],
    [/host's own/, windows([0])],
    [/Windows error 5/, windows([7], {status: 5})],
    [/not in compartment 7/, windows([7], {stays: true})],
  ] as const) {
    const error = t.throws(() => enterCompartment(NAMESPACE, made.ports), {instanceOf: EnterError});
    t.is(error?.error, 'failed');
    t.regex(error?.message ?? '', says);
  }
});
