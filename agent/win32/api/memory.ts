import koffi from 'koffi';
import type {Handle} from './library.ts';

/**
 * Runs `use` with native memory that a Windows function fills with structures that point at each other. A Buffer would not
 * do: nothing but those pointers holds it while they are followed.
 */
export function withMemory<T>(bytes: number, use: (memory: Handle) => T): T {
  const memory: Handle = koffi.alloc('uint8', bytes);
  try {
    return use(memory);
  } finally {
    koffi.free(memory);
  }
}
