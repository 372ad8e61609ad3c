import type { AuthorityView, TrustedView } from '../types';

/** The authority of a plant somewhere. */
export const authority: AuthorityView = {
  fingerprint: '3fa291c40b7de856a1c02f9974be6d185e330ac79d41f6b28870e5cb19a4d23f',
  subject: 'Example Plant Root CA 2',
  until: '2034-05-31T14:59:59Z',
  isAuthority: true,
  more: 0,
};

/** A server's own, as an appliance makes it for itself. */
export const own: AuthorityView = {
  fingerprint: 'c81f5e07aa93d2641be9047f2ad8c5306fe11b8d4472905ed3b6a8c9017f24e5',
  subject: 'redmine.plant.example.jp',
  until: '2028-01-09T00:00:00Z',
  isAuthority: false,
  more: 2,
};

/** What is trusted for single sites. */
export const trusted: TrustedView[] = [
  {
    fingerprint: authority.fingerprint,
    authority,
    sites: ['Kaizen Core', '品質保証部 Redmine'],
    ids: ['kaizen-core', 'qa'],
  },
  {
    fingerprint: own.fingerprint,
    authority: own,
    sites: ['ACME Delivery'],
    ids: ['acme-delivery'],
  },
];
