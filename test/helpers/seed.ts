/**
 * Loaded before every test file: property tests draw from one seed, so that a pipeline answers the same on the same
 * commit. `KUBECTL_WIN_FULL=1` draws anew each time, and a failure names its seed; `KUBECTL_WIN_SEED` repeats it.
 */
import {configureGlobal} from 'fast-check';

const DEFAULT_SEED = 20_260_901;

const asked = Number(process.env['KUBECTL_WIN_SEED']);
if (asked) configureGlobal({seed: asked});
else if (process.env['KUBECTL_WIN_FULL'] !== '1') configureGlobal({seed: DEFAULT_SEED});
