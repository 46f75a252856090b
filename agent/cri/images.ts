import {imageItem} from '../../src/cri/answers.ts';
import {objectsAt} from '../../src/cri/json.ts';
import type {JsonObject} from '../../src/cri/json.ts';
import {CALLS} from './calls.ts';
import type {RuntimeClient} from './client.ts';
import {askEach} from './each.ts';
import type {Asked} from './each.ts';

/** Every image of the runtime, each with its OCI image's platform. */
export async function readImages(client: RuntimeClient): Promise<Asked<JsonObject>> {
  const images = objectsAt(await client.ask(CALLS.listImages()), 'images');
  return askEach(
    images,
    async image =>
      imageItem(image, await client.ask(CALLS.imageStatus(), {image: {image: image['id']}, verbose: true})),
    image => imageItem(image, undefined),
  );
}
