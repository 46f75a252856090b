import {createReadStream, writeSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {readPolicy} from '../../../src/probes/policy.ts';
import type {ProbeLine, ProbeWay} from '../../../src/protocol/probes/lines.ts';
import type {ProbeOrder} from '../../../src/protocol/probes/orders.ts';
import {UnsupportedError} from '../../hcn/errors.ts';
import type {ChildSetup, Network} from '../child-setup.ts';
import type {ProbeContext} from './context.ts';
import {enter} from './enter.ts';
import type {Entered} from './entered.ts';
import {EnterError} from './entered.ts';
import {listen} from './listen.ts';
import type {Outcome} from './outcome.ts';
import {untried} from './outcome.ts';
import {runProbe} from './probe.ts';

const STDIN = 0;
const STDOUT = 1;

/**
 * The program as a process in one network: the first line of standard input says which, each one after it is an order, and
 * each line of standard output what came of one. It ends when its input has ended and every order is answered.
 */
export async function probeChild(): Promise<void> {
  // `process.stdin` does not open a pipe under Wine.
  const lines = createInterface({input: createReadStream('', {fd: STDIN})})[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) return;
  // Our own parent wrote it.
  const {os, network, dns, targets} = JSON.parse(first.value) as ChildSetup;
  const entered = await enterOrSay(network);
  const context = {os, dns, policy: readPolicy(targets)};
  const running = new Set<Promise<void>>();
  for await (const line of {[Symbol.asyncIterator]: () => lines}) {
    // Our own parent has read it strictly.
    const order = JSON.parse(line) as ProbeOrder;
    const done = carryOut(order, entered, context).finally(() => running.delete(done));
    running.add(done);
  }
  await Promise.all(running);
}

/** What is answered to each order where the network could not be entered. */
type NotEntered = {readonly way: ProbeWay} & Pick<EnterError, 'error' | 'message'>;

async function enterOrSay(network: Network): Promise<Entered | NotEntered> {
  try {
    return await enter(network);
  } catch (error) {
    const way = network.kind;
    if (error instanceof EnterError) return {way, error: error.error, message: error.message};
    if (error instanceof UnsupportedError) return {way, error: 'unsupported', message: error.message};
    throw error;
  }
}

async function carryOut(
  order: ProbeOrder,
  entered: Entered | NotEntered,
  context: ProbeContext,
): Promise<void> {
  const at = new Date().toISOString();
  const tell = (outcome: Outcome): void => {
    const why = 'gone' in entered ? entered.gone() : undefined;
    const said = why === undefined ? outcome : {...untried('gone', why), tries: outcome.tries};
    emit({id: order.id, way: entered.way, ...said, at});
  };
  if ('error' in entered) tell(untried(entered.error, entered.message));
  else if (order.kind === 'listen') await listen(order, tell);
  else tell(await runProbe(order, context));
}

function emit(line: ProbeLine): void {
  let rest = Buffer.from(`${JSON.stringify(line)}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSync(STDOUT, rest));
}
