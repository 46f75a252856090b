import {commands} from '../commands.ts';
import {specsOf} from './spec.ts';
import type {CommandSpec} from './spec.ts';

/** Every command as far as completing it needs. Builds put these data in place of this module, so that no Tab waits for the command framework. */
export const SPECS: readonly CommandSpec[] = specsOf(commands);
