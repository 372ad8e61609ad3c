import { asShipped } from '../../state/settings';
import type { Host } from '../host';
import type {
  ActivityView,
  AttemptView,
  AuthorityView,
  CheckView,
  CountsSetup,
  ErrorCode,
  GivenEnd,
  HistoryView,
  IdentityView,
  ItemView,
  ImportedSite,
  OfferView,
  Overview,
  RevocationView,
  SiteSetup,
  SiteView,
  TrustedView,
} from '../types';
import { imported, setup } from './setups';
import { authority } from './authorities';
import { providers } from './providers';
import { instant } from './sites';

/** What a demo or a test can arrange before it asks. */
export type Script = {
  overview: Overview;
  /** Methods that refuse, and how. */
  refuse: Partial<Record<keyof Host, ErrorCode>>;
  revocation: RevocationView;
  checks: CheckView[];
  /** What is different about every attempt to connect. */
  attempt: Partial<AttemptView>;
  /** Somebody else than before signs in. */
  stranger: IdentityView | null;
  offers: OfferView[];
  /** What the server says to a token that was replaced. */
  givenEnd: GivenEnd;
  /** How the counts developed; made up from the numbers of the site where absent. */
  history: HistoryView | null;
  activity: ActivityView[] | null;
  /** What was wished before, and counts of one's own. */
  wishes: Partial<CountsSetup>;
  queries: ItemView[];
  tried: number;
  /** Questions that change nothing, as "method(argument, argument)". */
  reads: string[];
  /** Methods that never answer. */
  silent: (keyof Host)[];
  /** The connection works but could not be saved. */
  unsaved: ErrorCode | null;
  /** The last characters of copied tokens that the sign-in ends. */
  ended: string[];
  /** The browser does not open. */
  notOpened: ErrorCode | null;
  missingScopes: string[];
  /** Milliseconds from the end of a connect to its first counts. */
  counting: number;
  /** What can be changed of every site, but for its name. */
  setup: SiteSetup;
  /** What a site file holds. */
  imported: ImportedSite[];
  /** What the chosen file holds. */
  authority: AuthorityView;
  authorities: TrustedView[];
  /** Every call, as "method(argument, argument)". */
  calls: string[];
};

export function overviewOf(sites: SiteView[]): Overview {
  return {
    sites,
    providers,
    store: { kind: 'keychain', name: 'GNOME Keyring', error: null, vault: 'missing' },
    clipboard: null,
    settings: asShipped,
    historyTrouble: null,
    nextRoundAt: sites.some(({ pace }) => pace.nextAt) ? instant(3) : null,
    pausedUntil: null,
    attempt: null,
    otherPerson: null,
    clockAhead: null,
    brokenDefinitions: [],
    definitionsFolder: '/home/yui/.config/tallykey/providers',
  };
}

export function scriptOf(sites: SiteView[], change: Partial<Script>): Script {
  return {
    overview: overviewOf(sites),
    refuse: {},
    revocation: {
      atProvider: 'confirmed',
      at: instant(0),
      status: 200,
      refusedWith: 401,
      forgottenHere: true,
      hasPage: true,
    },
    checks: passed,
    attempt: {},
    stranger: null,
    offers,
    givenEnd: 'refused',
    history: null,
    activity: null,
    wishes: {},
    queries,
    tried: 23,
    reads: [],
    silent: [],
    unsaved: null,
    ended: [],
    notOpened: null,
    missingScopes: [],
    counting: 0,
    setup,
    imported,
    authority,
    authorities: [],
    calls: [],
    ...change,
  };
}

/** What a good address shows. */
export const passed: CheckView[] = [
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
    error: null,
  },
];

const queries: ItemView[] = [
  { value: '12', text: 'Sprint 42' },
  { value: '17', text: '優先度「高」以上で、期日が今週のもの' },
  { value: '23', text: 'Waiting for the customer' },
];

const people =
  '田中 結衣,佐藤 大輔,鈴木 美咲,高橋 健,伊藤 葵,Alex Carter,Priya Nair,渡辺 翔,山本 凛,中村 蓮';
const boards =
  '制作進行,Web リニューアル,採用,広報カレンダー,Customer success,展示会 2027,製品ロードマップ,デザイン依頼,総務,情報システム,Partner onboarding,品質改善';

const offers: OfferView[] = [
  {
    key: 'user',
    label: { en: 'Your user in Jooto', ja: 'Jooto でのユーザー', de: 'Ihr Benutzer in Jooto' },
    many: false,
    me: true,
    items: people.split(',').map((text, n) => ({ value: `${501 + n}`, text })),
    chosen: [],
    isCut: false,
    optional: false,
  },
  {
    key: 'board',
    label: { en: 'Projects to count', ja: '集計するプロジェクト', de: 'Zu zählende Projekte' },
    many: true,
    me: false,
    items: boards.split(',').map((text, n) => ({ value: `${71 + n}`, text })),
    chosen: [],
    isCut: false,
    optional: false,
  },
];
