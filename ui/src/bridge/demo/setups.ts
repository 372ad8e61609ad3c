import type { DoctorLine, ImportedSite, SiteSetup } from '../types';

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

export const doctor: DoctorLine[] = [
  { id: 'keychain', state: 'ok', text: 'Keychain: write, read, delete 12 ms', advice: null },
  { id: 'browser', state: 'ok', text: 'A browser can be opened', advice: null },
  { id: 'loopback', state: 'ok', text: 'Redirects reach 127.0.0.1', advice: null },
  {
    id: 'tray',
    state: 'warn',
    text: 'This desktop shows no tray icons',
    advice: 'Install an extension for tray icons, or leave the tray off.',
  },
  {
    id: 'proxy',
    state: 'fail',
    text: 'The proxy proxy.example.jp:8080 does not answer',
    advice: 'Check the proxy in the system’s network settings.',
  },
];
