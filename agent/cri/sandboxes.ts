import {sandboxItem} from '../../src/cri/answers.ts';
import {objectsAt} from '../../src/cri/json.ts';
import type {JsonObject} from '../../src/cri/json.ts';
import {CALLS} from './calls.ts';
import type {RuntimeClient} from './client.ts';
import {askEach} from './each.ts';
import type {Asked} from './each.ts';

/** Every pod sandbox of the runtime with what it says of each. */
export async function readSandboxes(client: RuntimeClient): Promise<Asked<JsonObject>> {
  const items = objectsAt(await client.ask(CALLS.listPodSandbox()), 'items');
  return askEach(
    items,
    async item =>
      sandboxItem(
        item,
        await client.ask(CALLS.podSandboxStatus(), {podSandboxId: item['id'], verbose: true}),
      ),
    item => sandboxItem(item, undefined),
  );
}
