import type { SiteView } from '../types';
import { DemoHost } from './host';
import { copied, ended, givenAway } from './ledger';
import type { Script } from './script';
import { eight, neverConnected, unknownProduct } from './sites';
import { press, row, show, type State, type Step } from './walk';

const past = [ended('c2e8', 110, 61), copied('77f0', 200, -80), ended('09ad', 1500, 1490)];

/** One token held now, one that a site lets live although it was replaced, and some that are over. */
export function many(site: SiteView): SiteView {
  const now = givenAway(site, 3, 3);
  return { ...now, given: [...now.given, copied('9c1b', 42, 31), ...past] };
}

const notConnected = (site: SiteView): SiteView => ({
  ...neverConnected(site),
  given: [copied('4f2a', 12, 64), ...past],
});

const withFirst = (
  change: (site: SiteView) => SiteView,
  steps: Step[],
  script: Partial<Script> = {},
): State => ({
  host: () =>
    new DemoHost(
      eight.map((site, n) => (n === 0 ? change(site) : site)),
      script,
    ),
  steps: [row('Kaizen Core'), ...steps],
});

const asking = press('end-given');
const ending = [...asking, ...press('end-given-confirm')];
const folded: Step = { press: '[data-testid=given-past] summary' };

/** Tokens that were copied, or fetched by a script. */
export const given: Record<string, State> = {
  'site-copied': withFirst(givenAway, [show('given')]),
  'site-copied-many': withFirst(many, [show('given')]),
  'site-copied-past': withFirst(many, [folded, show('given')]),
  'site-copied-open': withFirst(
    (site) => givenAway({ ...site, token: site.token && { ...site.token, expiresAt: null } }),
    [show('given')],
  ),
  'site-copied-left': withFirst(notConnected, [folded]),
  'copied-again': withFirst(givenAway, press('copy-token')),
  'end-given': withFirst(givenAway, asking),
  'end-given-working': withFirst(givenAway, ending, { silent: ['endGiven'] }),
  'end-given-refused': withFirst(givenAway, ending),
  'end-given-replaced': withFirst(givenAway, ending, { givenEnd: 'accepted' }),
  'end-given-unseen': withFirst(givenAway, ending, { givenEnd: 'unseen' }),
  'end-given-failed': withFirst(givenAway, ending, { refuse: { endGiven: 'unreachable' } }),
  'revoke-copied': withFirst(many, press('revoke')),
  'remove-copied': withFirst(many, press('remove')),
  'remove-copied-unknown': withFirst((site) => unknownProduct(givenAway(site)), press('remove')),
  'forget-copied': withFirst(
    (site) => ({ ...many(site), state: 'revokePending', token: null }),
    press('forget'),
  ),
  'secret-copied': withFirst(many, press('site-more', 'replace-secret')),
  'secret-revoke': withFirst(givenAway, press('revoke', 'revoke-confirm', 'replace-secret'), {
    refuse: { revoke: 'client_refused' },
  }),
};
