import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';

/**
 * Real outputs of Windows nodes lie beside the checkout, or where `SAMPLES_DIR` says; they are not part of the project.
 * Without them tests that need them are skipped and counted, and fail under `CI=true`.
 */
const SAMPLES_DIR = process.env['SAMPLES_DIR'] ?? path.resolve(import.meta.dirname, '../../../shared/data');

/** Registers a test that reads a sample; `body` gets the text of a file of the samples, and its bytes. */
export function testWithSample(
  title: string,
  file: string,
  body: (t: ExecutionContext, text: string, bytes: Uint8Array) => void | Promise<void>,
): void {
  const at = path.join(SAMPLES_DIR, file);
  if (existsSync(at)) {
    test(title, async t => {
      const bytes = readFileSync(at);
      await body(t, bytes.toString('utf8'), bytes);
    });
    return;
  }
  if (process.env['CI'] === 'true') {
    test(title, t => t.fail(`the sample ${file} is not at ${SAMPLES_DIR}: set SAMPLES_DIR`));
    return;
  }
  test.skip(`${title} (no sample ${file})`, t => body(t, '', new Uint8Array()));
}
