import type { BrokenView } from '../types';
import type { DemoHost } from './host';
import { own as itsOwn } from './authorities';
import { own, providers } from './providers';
import type { Script } from './script';
import { refusal } from './sites';
import { chosen, press, show, type, with8, with8and, type State } from './walk';

const noOauth: Partial<Script> = {
  checks: [
    { id: 'reach', label: {}, milliseconds: 212, error: null },
    {
      id: 'product',
      label: { en: 'Redmine found', ja: 'Redmine を検出しました', de: 'Redmine gefunden' },
      milliseconds: 40,
      error: null,
    },
    {
      id: 'oauth',
      label: { en: 'OAuth2 is available', ja: 'OAuth2 が使えます', de: 'OAuth2 ist verfügbar' },
      milliseconds: 38,
      error: refusal('no_oauth', { host: 'design.example.jp', detail: '/oauth/authorize: 404' }),
    },
  ],
};

const untrusted: Partial<Script> = {
  checks: [
    {
      id: 'reach',
      label: {},
      milliseconds: 38,
      error: refusal('tls_untrusted', { host: 'design.example.jp', detail: 'unknown issuer' }),
    },
  ],
};

const folder = '/home/yui/.config/tallykey/providers';
const broken: BrokenView[] = [
  { file: `${folder}/mantis.toml`, line: 14, reason: 'unknown field `tokn`, expected `token`' },
  {
    file: `${folder}/copy of redmine.toml`,
    line: null,
    reason: 'another definition is called `redmine`',
  },
];
const withOwn = (host: DemoHost) =>
  host.change({ providers: [...providers, own], brokenDefinitions: broken });

const design = type('input-base', 'https://design.example.jp/redmine');
const untrustedSteps = [...press('add-site', 'wizard-next'), design, ...press('wizard-next')];
const registering = [...press('add-site', 'wizard-next'), design, ...press('wizard-next')];
const jooto = [...press('add-site', 'product-jooto', 'wizard-next'), type('input-org', '1234')];
const workfront = [
  ...press('add-site', 'product-workfront', 'wizard-next'),
  type('input-base', 'https://acme.my.workfront.com'),
];
const unchecked: Partial<Script> = { checks: [] };

/** The wizard. */
export const adding: Record<string, State> = {
  'add-1': with8({}, press('add-site')),
  'add-1-file': with8({}, [...press('add-site'), show('add-from-file')]),
  'add-1-own': with8and(withOwn, press('add-site', 'product-house-tracker')),
  'add-1-accepted': with8and(
    withOwn,
    press('add-site', 'product-house-tracker', 'accept-definition'),
  ),
  'add-1-broken': with8and(withOwn, [
    ...press('add-site'),
    { happens: () => document.querySelector('[data-testid=open-definitions]')?.scrollIntoView() },
  ]),
  'add-2': with8({}, [...press('add-site', 'wizard-next'), design]),
  'add-2-old': with8(noOauth, [...press('add-site', 'wizard-next'), design]),
  'add-address-untrusted': with8(untrusted, untrustedSteps),
  'add-trust': with8(untrusted, [...untrustedSteps, ...press('add-trust'), chosen]),
  'add-trust-own': with8({ ...untrusted, authority: itsOwn }, [
    ...untrustedSteps,
    ...press('add-trust'),
    chosen,
  ]),
  'add-trust-refused': with8({ ...untrusted, refuse: { readAuthority: 'private_key_given' } }, [
    ...untrustedSteps,
    ...press('add-trust'),
    chosen,
  ]),
  'add-trusted': with8(untrusted, [
    ...untrustedSteps,
    ...press('add-trust'),
    chosen,
    ...press('trust-submit'),
  ]),
  'add-2-inputs': with8(unchecked, jooto),
  'add-2-more': with8(unchecked, [...jooto, { press: '[data-testid=more-inputs] summary' }]),
  'add-2-digits': with8(unchecked, [
    ...press('add-site', 'product-jooto', 'wizard-next'),
    type('input-org', 'acme'),
  ]),
  'add-3': with8({}, registering),
  'add-3-kinds': with8(unchecked, [...workfront, ...press('wizard-next')]),
  'add-3-public': with8(unchecked, [
    ...workfront,
    ...press('wizard-next', 'application-single-page'),
  ]),
  'add-3-budget': with8(unchecked, [...jooto, ...press('wizard-next')]),
};
