import {fields, text} from '../kube/shape.ts';
import type {Indexed} from './items.ts';
import {itemsOf} from './items.ts';

/** A compute system as HcsEnumerateComputeSystems answers (https://learn.microsoft.com/virtualization/api/hcs/reference/hcsenumeratecomputesystems). */
export interface ComputeSystem {
  Id: string;
  /** `Container` or `VirtualMachine`. */
  SystemType?: string;
  Owner?: string;
  State?: string;
}

const shape = fields<ComputeSystem>({Id: text, SystemType: text, Owner: text, State: text}, {Id: ''});

/** Reads `hcs/systems.json`. */
export function readComputeSystems(value: unknown): Indexed<ComputeSystem>[] {
  return itemsOf(value, shape, system => system.Id !== '');
}
