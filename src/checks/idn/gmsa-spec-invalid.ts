import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';
import {GMSA_GUIDE} from './shared/gmsa-users.ts';
import {specFaults} from './shared/gmsa-spec-faults.ts';

export default defineCheck({
  id: 'IDN007',
  name: 'gmsa-spec-invalid',
  severity: 'error',
  since: '0.1.0',
  title: 'A gMSA credential spec is wrong',
  evidence: ['A', 'M'],
  needs: ['gmsaCredentialSpecs'],
  docs: {
    what: "Holds every GMSACredentialSpec against Microsoft's schema, looks for placeholders that a manual left, and, where the GUID is that of a published plug-in (Amazon's, Azure's, Rancher's), holds `PluginInput` against what that plug-in reads. The inputs themselves are never shown.",
    why: 'The cluster accepts any content. The fault shows on the node only, when a container does not start or the domain refuses it (Microsoft-Windows-Containers-CCG/Admin, events 3 to 8).',
    fix: [
      'Write the spec anew on a machine of the domain: `New-CredentialSpec -AccountName ACCOUNT -Path .\\spec.json`, and carry it over field by field.',
      'For nodes outside the domain take `HostAccountConfig` from the manual of the plug-in that runs on them: GUID and input belong together.',
    ],
    links: [
      GMSA_GUIDE,
      'https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/manage-serviceaccounts',
    ],
  },
  *run({gmsaCredentialSpecs}): Iterable<Outcome> {
    if (gmsaCredentialSpecs.length === 0) yield skip('there are no credential specs');
    for (const spec of gmsaCredentialSpecs) {
      const faults = Map.groupBy(specFaults(spec.credspec), fault => fault.cause);
      if (faults.size === 0) yield pass(spec);
      for (const [cause, alike] of faults) {
        const messages = alike.map(f => f.message);
        yield fail(spec, {
          cause,
          message: `${messages.slice(0, 3).join('; ')}${messages.length > 3 ? `; and ${messages.length - 3} more` : ''}`,
          // The text of a credential spec is none of a report's business: the place is enough.
          evidence: alike.map(f => ref(spec, `/credspec${f.pointer}`)),
        });
      }
    }
  },
});
