import type { Script } from './script';
import { DemoHost } from './host';
import { eight, instant } from './sites';
import type { RevocationView, SiteView } from '../types';
import { press, row, with8, with8and, type State } from './walk';

const revoking = [row('Kaizen Core'), ...press('revoke')];
const revoked = [...revoking, ...press('revoke-confirm')];

const outcome = (change: Partial<RevocationView>): Partial<Script> => ({
  revocation: {
    atProvider: 'confirmed',
    at: instant(0),
    status: null,
    refusedWith: null,
    forgottenHere: true,
    hasPage: true,
    ...change,
  },
});

const workfrontIn = (site: SiteView): SiteView =>
  site.provider === 'workfront'
    ? { ...site, state: 'connected', trouble: null, token: eight[0]?.token ?? null }
    : site;

/** Ending connections. */
export const ending: Record<string, State> = {
  revoke: with8({}, [row('Kaizen Core'), ...press('copy-token', 'revoke')]),
  'revoke-ok': with8(outcome({ status: 200, refusedWith: 401 }), revoked),
  'revoke-unseen': with8(outcome({ status: 200 }), revoked),
  'revoke-gone': with8(outcome({ atProvider: 'alreadyGone' }), revoked),
  'revoke-queued': with8(
    outcome({ atProvider: 'unreachableQueued', forgottenHere: false }),
    revoked,
  ),
  'revoke-none-ask': with8({}, [row('制作進行ボード'), ...press('revoke')]),
  'revoke-access-ask': {
    host: () => new DemoHost(eight.map(workfrontIn)),
    steps: [row('Campaign Ops'), ...press('revoke')],
  },
  'revoke-access': {
    host: () =>
      new DemoHost(
        eight.map(workfrontIn),
        outcome({ atProvider: 'accessOnly', status: 200, refusedWith: 401, hasPage: false }),
      ),
    steps: [row('Campaign Ops'), ...press('revoke', 'revoke-confirm')],
  },
  'revoke-none': with8(outcome({ atProvider: 'unsupported' }), revoked),
  'revoke-still': with8(outcome({ atProvider: 'stillAccepted' }), revoked),
  'revoke-refused': with8({ refuse: { revoke: 'client_refused' } }, revoked),
  'revoke-locked': with8({ refuse: { revoke: 'keychain_locked' } }, revoked),
  'revoke-queued-refused': with8(
    outcome({ atProvider: 'unreachableQueued', forgottenHere: false }),
    [
      ...revoked,
      { happens: (host) => (host.script.refuse = { revoke: 'client_refused' }) },
      ...press('try-now'),
    ],
  ),
  remove: with8({}, [row('Kaizen Core'), ...press('remove')]),
  'remove-anyway': with8(outcome({ atProvider: 'unreachableQueued', forgottenHere: false }), [
    row('Kaizen Core'),
    ...press('remove', 'remove-confirm'),
  ]),
  'remove-kept': with8(outcome({ atProvider: 'unreachableQueued', forgottenHere: false }), [
    row('Kaizen Core'),
    ...press('remove', 'remove-confirm', 'dialog-cancel'),
  ]),
  'remove-refused': with8({ refuse: { revoke: 'client_refused' } }, [
    row('Kaizen Core'),
    ...press('remove', 'remove-confirm'),
  ]),
  'remove-unsupported': with8(outcome({ atProvider: 'unsupported' }), [
    row('制作進行ボード'),
    ...press('remove', 'remove-confirm'),
  ]),
  forget: with8and(
    (host) => host.changeSite('kaizen-core', { state: 'revokePending' }),
    [row('Kaizen Core'), ...press('forget')],
  ),
  forgotten: with8and(
    (host) => host.changeSite('kaizen-core', { state: 'revokePending' }),
    [row('Kaizen Core'), ...press('forget', 'forget-confirm')],
  ),
};
