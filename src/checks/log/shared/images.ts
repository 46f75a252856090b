import type {Container} from '../../../kube/types.ts';
import type {NodeImage} from '../../../node/images.ts';
import {imageNamed} from '../../../node/images.ts';
import type {PerNode} from '../../../node/evidence.ts';
import type {Indexed} from '../../../node/items.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {FileRef} from '../../define.ts';

/** What an image starts, and where a node says so. */
export interface ImageStart {
  entrypoint: readonly string[];
  cmd: readonly string[];
  node: string;
  /** A place in its configuration. */
  at(key: 'Entrypoint' | 'Cmd', value: unknown): FileRef;
}

/** What images start, as the configurations of those say that nodes have pulled. */
export class ImageStarts {
  readonly #nodes: readonly [string, readonly Indexed<NodeImage>[]][];
  readonly #found = new Map<string, ImageStart | undefined>();

  constructor(images: Evidence<PerNode<Indexed<NodeImage>[]>>) {
    const nodes = images.ok ? [...images.value] : [];
    this.#nodes = nodes
      .flatMap(([name, found]): [string, Indexed<NodeImage>[]][] => (found.ok ? [[name, found.value]] : []))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** What a container's image starts; undefined where no node that was asked has it. */
  of({image}: Container): ImageStart | undefined {
    if (image === undefined) return undefined;
    if (!this.#found.has(image)) this.#found.set(image, this.#find(image));
    return this.#found.get(image);
  }

  #find(name: string): ImageStart | undefined {
    for (const [node, images] of this.#nodes) {
      const {index, entrypoint, cmd} = imageNamed(images, name) ?? {};
      if (index === undefined || (!entrypoint && !cmd)) continue;
      return {
        entrypoint: entrypoint ?? [],
        cmd: cmd ?? [],
        node,
        at: (key, value) => ({
          node,
          os: 'windows',
          file: 'cri/images.json',
          pointer: `/images/${index}/info/imageSpec/config/${key}`,
          value,
        }),
      };
    }
    return undefined;
  }
}
