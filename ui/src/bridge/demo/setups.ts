import type { ImportedSite, SiteSetup } from '../types';

export const setup: SiteSetup = {
  name: '',
  inputs: { base: 'https://redmine.example.jp' },
  application: 'web',
  redirect: 'loopback',
  clientId: 'kT3x0u2yQe7r1vJm',
};

const from = (name: string, provider: string, base: string): ImportedSite => ({
  provider,
  name,
  inputs: { base },
  application: null,
  redirect: null,
  clientId: 'pR8w5n0aLc4d6sGh',
});

export const imported: ImportedSite[] = [
  from('Design Team', 'redmine', 'https://design.example.jp/redmine'),
  from('Kaizen Core', 'redmine', 'https://redmine.example.jp'),
  from('Old Tracker', 'tracker-of-yesterday', 'https://old.example.jp'),
];
