// Plans about keys that stop being valid while they are in use.
import { inject, max, nth, onRecord, plan, probability } from 'passmuster/chaos';

export const credentialRevoked = plan(
  'credential-revoked',
  'From the moment a credential is withdrawn nothing runs with it; the work fails visibly or is escalated.',
  [
    inject('cred.revoked', {}, nth(4)),
    inject('cred.revoked', {}, max(2, probability(0.1))),
    inject('cred.revoked', {}, max(1, onRecord('approval.decided'))),
  ],
);
