import { describe, expect, it } from 'vitest';
import {
  chosen,
  eight,
  inTrouble,
  neverConnected,
  openBoard,
  signedOut,
  site,
  sixty,
  unaccepted,
  unknownProduct,
} from '../src/bridge/demo/sites';
import { providers } from '../src/bridge/demo/providers';
import { Filter } from '../src/state/filter.svelte';
import { densityOf, total } from '../src/state/numbers';
import { groupOf, standingOf } from '../src/state/standing';

const one = site('One', 'one.example.jp', 'redmine', [1, 2, 0, 0, 0, 9, 0]);
const names = (sites: { name: string }[]) => sites.map(({ name }) => name);

describe('the standing of a site', () => {
  it('is silent when all is well', () => {
    expect(standingOf(one)).toBe('fresh');
  });

  it.each([
    ['unreachable', 'offline', 'waiting'],
    ['rate_limited', 'rateLimited', 'waiting'],
    ['server_trouble', 'serverTrouble', 'waiting'],
    ['unexpected_answer', 'unclear', 'waiting'],
    ['tls_untrusted', 'untrusted', 'waiting'],
    ['tls_expired', 'untrusted', 'waiting'],
    ['authority_missing', 'untrusted', 'waiting'],
    ['forbidden', 'forbidden', 'waiting'],
    ['api_off', 'apiOff', 'waiting'],
    ['not_confirmed', 'unconfirmed', 'waiting'],
    ['other_person', 'otherPerson', 'needsYou'],
    ['needs_sign_in', 'signIn', 'needsYou'],
    ['keychain_waiting', 'storeWaits', 'needsYou'],
    ['keychain_failed', 'storeFailed', 'needsYou'],
    ['keychain_locked', 'locked', 'needsYou'],
    ['keychain_missing', 'noStore', 'needsYou'],
    ['address_changed', 'signIn', 'needsYou'],
    ['client_refused', 'refused', 'needsYou'],
    ['client_secret_missing', 'noSecret', 'needsYou'],
    ['choice_missing', 'unchosen', 'needsYou'],
    ['busy', 'stuck', 'waiting'],
  ] as const)('after %s is %s', (code, standing, group) => {
    const troubled = inTrouble(one, code, 5);
    expect(standingOf(troubled)).toBe(standing);
    expect(groupOf(troubled)).toBe(group);
  });

  it('is about its definition before anything else', () => {
    expect(standingOf(unknownProduct(signedOut(one)))).toBe('unknown');
    expect(standingOf(unaccepted(one))).toBe('unaccepted');
    expect(groupOf(unaccepted(one))).toBe('needsYou');
  });

  it('is left to choose when something is open, unless there is worse', () => {
    expect(standingOf(openBoard)).toBe('unchosen');
    expect(standingOf(inTrouble(openBoard, 'unreachable', 5))).toBe('offline');
    expect(standingOf(chosen(openBoard, { user: ['a'], board: ['b'] }))).toBe('fresh');
  });

  it('is about the connection before anything else', () => {
    expect(standingOf(signedOut(one))).toBe('signIn');
    expect(standingOf(neverConnected(one))).toBe('never');
    expect(standingOf({ ...signedOut(one), state: 'revokePending' })).toBe('revokePending');
  });
});

describe('a total', () => {
  it('adds up what is known', () => {
    expect(total(eight, 'assigned_open')).toBe(47);
    expect(total(eight, 'overdue')).toBe(9);
  });

  it('is unknown, not zero, when no site has the number', () => {
    expect(total([neverConnected(one)], 'open')).toBeNull();
  });
});

describe('the list', () => {
  it('gets denser as it grows', () => {
    expect([1, 4, 5, 12, 13].map((n) => densityOf(n))).toEqual([
      'tall',
      'tall',
      'regular',
      'regular',
      'line',
    ]);
  });

  it('finds names, hosts and products, in any width and case of letters', () => {
    const filter = new Filter();
    filter.query = 'ＪＯＯＴＯ';
    expect(names(filter.apply(eight, providers))).toEqual(['制作進行ボード']);
    filter.query = 'plan.io';
    expect(names(filter.apply(eight, providers))).toEqual(['ACME Delivery', 'Partner Portal']);
  });

  it('keeps the order of a short list until a column is chosen', () => {
    const filter = new Filter();
    const [all] = filter.arrange(eight, 'regular');
    expect(names(all?.sites ?? [])).toEqual(names(eight));
    filter.toggleSort('open');
    expect(names(filter.arrange(eight, 'regular')[0]?.sites ?? []).slice(0, 2)).toEqual([
      'Kaizen Core',
      'ACME Delivery',
    ]);
    filter.toggleSort('open');
    const ascending = names(filter.arrange(eight, 'regular')[0]?.sites ?? []);
    expect(ascending[0]).toBe('Support Desk');
    expect(ascending.at(-1)).toBe('Kaizen Archive');
  });

  it('puts what needs a person first when it is long, then what is overdue', () => {
    const groups = new Filter().arrange(sixty, 'line');
    expect(groups.map(({ group }) => group)).toEqual(['needsYou', 'waiting', 'upToDate']);
    expect(names(groups[0]?.sites ?? [])).toEqual([
      'Campaign Ops',
      'Partner Portal',
      'Kaizen Archive',
    ]);
  });
});
