import type { ProviderView, Redirect } from '../types';
import { others } from './providers.others';

const counts = [
  { id: 'assigned_open', label: { en: 'Assigned to me', ja: '自分の担当', de: 'Mir zugewiesen' } },
  { id: 'overdue', label: { en: 'Overdue', ja: '期日超過', de: 'Überfällig' } },
  { id: 'due_today', label: { en: 'Due today', ja: '今日が期日', de: 'Heute fällig' } },
  { id: 'created_open', label: { en: 'Created by me', ja: '自分が作成', de: 'Von mir erstellt' } },
  { id: 'watched_open', label: { en: 'Watched', ja: 'ウォッチ中', de: 'Beobachtet' } },
  { id: 'open', label: { en: 'All open', ja: 'すべての未完了', de: 'Alle offenen' } },
  {
    id: 'closed_7d',
    label: { en: 'Closed in 7 days', ja: '7日以内に完了', de: 'In 7 Tagen geschlossen' },
  },
];

/** The line to register for a way back. */
export const lines: Record<Redirect, string> = {
  loopback: 'http://127.0.0.1/callback',
  'loopback-port': 'http://127.0.0.1:17643/callback',
  'localhost-port': 'http://localhost:17643/callback',
  oob: 'urn:ietf:wg:oauth:2.0:oob',
  paste: 'http://127.0.0.1:17643/callback',
};

const redmine: ProviderView = {
  id: 'redmine',
  name: 'Redmine',
  mark: 'Rm',
  evidence: 'liveServer',
  file: null,
  digest: null,
  accepted: true,
  receivers: [{ host: null, input: 'base' }],
  docs: ['https://www.redmine.org/projects/redmine/wiki/Rest_api'],
  inputs: [
    {
      key: 'base',
      kind: 'base',
      label: {
        en: 'Address of your Redmine',
        ja: 'Redmine のアドレス',
        de: 'Adresse Ihres Redmine',
      },
      help: null,
      hint: 'https://redmine.example.jp',
      default: null,
    },
  ],
  applications: [
    {
      id: 'confidential',
      label: { en: 'Confidential', ja: '機密', de: 'Vertraulich' },
      needsClientSecret: true,
      redirectLines: [lines.oob, lines.loopback],
      ways: ['oob', 'loopback', 'paste'],
    },
  ],
  choices: [],
  scopes: [
    {
      id: 'view_issues',
      label: { en: 'View issues', ja: 'チケットの閲覧', de: 'Tickets ansehen' },
    },
  ],
  counts,
  ownCounts: {
    saved: true,
    filter: true,
    hint: {
      en: 'priority_id=5&status_id=open, as in the address of a list of issues',
      ja: '例: priority_id=5&status_id=open（一覧の URL と同じ書き方）',
      de: 'priority_id=5&status_id=open, wie in der Adresse einer Ticketliste',
    },
  },
  registerHelp: {
    en: 'Administration → Applications → New application',
    ja: '管理 → アプリケーション → 新しいアプリケーション',
    de: 'Administration → Anwendungen → Neue Anwendung',
  },
  hasRegisterPage: true,
  revokeHelp: {
    en: 'My account → Authorized applications',
    ja: '個人設定 → 認可済みアプリケーション',
    de: 'Mein Konto → Autorisierte Anwendungen',
  },
  revokes: 'grant',
  hasRevokePage: true,
  codeSeconds: 600,
  budget: [],
  automatic: true,
  summary: {
    en: '6.1 or newer. An administrator registers once',
    ja: '6.1 以降。管理者による登録が1回必要です',
    de: 'Ab 6.1. Einmalige Registrierung durch die Administration',
  },
};

const planio: ProviderView = {
  ...redmine,
  id: 'planio',
  name: 'Planio',
  mark: 'Pl',
  evidence: 'documentation',
  docs: ['https://plan.io/api/'],
  inputs: redmine.inputs.map((input) => ({
    ...input,
    label: { en: 'Address of your Planio', ja: 'Planio のアドレス', de: 'Adresse Ihres Planio' },
    hint: 'https://your-domain.plan.io',
  })),
  summary: {
    en: 'An administrator registers once',
    ja: '管理者による登録が1回必要です',
    de: 'Einmalige Registrierung durch die Administration',
  },
};

const jooto: ProviderView = {
  ...redmine,
  id: 'jooto',
  name: 'Jooto',
  mark: 'Jo',
  evidence: 'documentation',
  receivers: [
    { host: null, input: 'base' },
    { host: null, input: 'api' },
  ],
  docs: [
    'https://www.jooto.com/api/reference/authentication/',
    'https://www.jooto.com/api/reference/restriction/',
  ],
  inputs: [
    {
      key: 'org',
      kind: 'digits',
      label: { en: 'Organization ID', ja: '組織ID', de: 'Organisations-ID' },
      help: {
        en: 'The number at the end of the address of your project list',
        ja: 'プロジェクト一覧の URL の末尾にある数字です',
        de: 'Die Zahl am Ende der Adresse Ihrer Projektliste',
      },
      hint: 'https://app.jooto.com/boards?organization_id=XXXXX',
      default: null,
    },
    {
      key: 'base',
      kind: 'base',
      label: { en: 'Address of Jooto', ja: 'Jooto のアドレス', de: 'Adresse von Jooto' },
      help: null,
      hint: null,
      default: 'https://app.jooto.com',
    },
    {
      key: 'api',
      kind: 'base',
      label: { en: 'Address of the API', ja: 'API のアドレス', de: 'Adresse der API' },
      help: null,
      hint: null,
      default: 'https://api.jooto.com/v1',
    },
  ],
  applications: [
    {
      id: 'confidential',
      label: { en: 'Application', ja: 'アプリケーション', de: 'Anwendung' },
      needsClientSecret: true,
      redirectLines: [lines['loopback-port']],
      ways: ['loopback-port', 'paste'],
    },
  ],
  choices: [
    {
      key: 'user',
      label: { en: 'Your user in Jooto', ja: 'Jooto でのユーザー', de: 'Ihr Benutzer in Jooto' },
      many: false,
      me: true,
      optional: false,
    },
    {
      key: 'board',
      label: { en: 'Projects to count', ja: '集計するプロジェクト', de: 'Zu zählende Projekte' },
      many: true,
      me: false,
      optional: false,
    },
  ],
  scopes: [],
  counts: counts.filter(({ id }) => id !== 'created_open' && id !== 'closed_7d'),
  ownCounts: null,
  registerHelp: {
    en: 'Organization settings → Applications → Add application, accept the API terms. Client ID and secret are shown in the list.',
    ja: '組織の設定 → アプリケーション → アプリケーションを追加（API 利用規約への同意が必要）。一覧から Client Id と Client Secret を確認できます。',
    de: 'Organisationseinstellungen → Anwendungen → Anwendung hinzufügen, API-Bedingungen annehmen. Client-ID und Geheimnis stehen in der Liste.',
  },
  hasRegisterPage: false,
  revokeHelp: {
    en: 'No way to end a connection is documented. An administrator can delete the application: Organization settings → Applications',
    ja: '接続を終了する方法は公開されていません。管理者がアプリケーションを削除できます: 組織の設定 → アプリケーション',
    de: 'Ein Weg, eine Verbindung zu beenden, ist nicht dokumentiert. Die Administration kann die Anwendung löschen: Organisationseinstellungen → Anwendungen',
  },
  revokes: null,
  hasRevokePage: false,
  budget: [
    { calls: 60, per: 'minute' },
    { calls: 100, per: 'month' },
  ],
  automatic: false,
  summary: {
    en: 'An administrator of the organization registers once',
    ja: '組織の管理者による登録が1回必要です',
    de: 'Einmalige Registrierung durch die Administration der Organisation',
  },
};

const workfront: ProviderView = {
  ...redmine,
  id: 'workfront',
  name: 'Adobe Workfront',
  mark: 'Wf',
  evidence: 'documentation',
  docs: [
    'https://experienceleague.adobe.com/docs/workfront/using/adobe-workfront-api/api-notes/oauth-app-code-token-flow.html',
    'https://experienceleague.adobe.com/docs/workfront/using/adobe-workfront-api/api-notes/oauth-app-pkce-flow.html',
  ],
  inputs: [
    {
      key: 'base',
      kind: 'base',
      label: {
        en: 'Address of your Workfront',
        ja: 'Workfront のアドレス',
        de: 'Adresse Ihres Workfront',
      },
      help: null,
      hint: 'https://myorganization.my.workfront.com',
      default: null,
    },
    {
      key: 'version',
      kind: 'text',
      label: { en: 'Version of the API', ja: 'API のバージョン', de: 'Version der API' },
      help: null,
      hint: null,
      default: '20.0',
    },
  ],
  applications: [
    {
      id: 'web',
      label: { en: 'Web application', ja: 'Web アプリケーション', de: 'Webanwendung' },
      needsClientSecret: true,
      redirectLines: [lines['loopback-port']],
      ways: ['loopback-port', 'paste'],
    },
    {
      id: 'single-page',
      label: {
        en: 'Single page application',
        ja: 'シングルページアプリケーション',
        de: 'Single-Page-Anwendung',
      },
      needsClientSecret: false,
      redirectLines: [lines['loopback-port']],
      ways: ['loopback-port', 'paste'],
    },
  ],
  scopes: [],
  counts: counts.filter(({ id }) => id !== 'watched_open' && id !== 'closed_7d'),
  registerHelp: {
    en: 'Main menu → Setup → System → OAuth2 applications → Create app integration',
    ja: 'メインメニュー → 設定 → システム → OAuth2 アプリケーション → アプリ統合を作成',
    de: 'Hauptmenü → Setup → System → OAuth2-Anwendungen → App-Integration erstellen',
  },
  revokeHelp: {
    en: 'Nothing ends a refresh token. An administrator can delete the application or its secret: Setup → System → OAuth2 applications',
    ja: '更新トークンを無効にする方法はありません。管理者がアプリケーションまたはシークレットを削除できます: 設定 → システム → OAuth2 アプリケーション',
    de: 'Nichts beendet ein Refresh-Token. Die Administration kann die Anwendung oder ihr Geheimnis löschen: Setup → System → OAuth2-Anwendungen',
  },
  revokes: 'accessToken',
  hasRevokePage: false,
  codeSeconds: 120,
  summary: {
    en: 'An administrator registers once',
    ja: '管理者による登録が1回必要です',
    de: 'Einmalige Registrierung durch die Administration',
  },
  ownCounts: {
    saved: false,
    filter: true,
    hint: {
      en: 'status=CUR&priority=4',
      ja: '例: status=CUR&priority=4',
      de: 'status=CUR&priority=4',
    },
  },
};

/** A person's own definition, in a file nobody has accepted yet. */
export const own: ProviderView = {
  ...redmine,
  id: 'house-tracker',
  name: 'House Tracker',
  mark: 'Ht',
  evidence: 'documentation',
  file: '/home/yui/.config/tallykey/providers/house-tracker.toml',
  digest: '5f1c',
  accepted: false,
  receivers: [
    { host: null, input: 'base' },
    { host: 'login.example.com', input: null },
  ],
  docs: [],
  inputs: redmine.inputs.map((input) => ({
    ...input,
    label: {
      en: 'Address of the tracker',
      ja: 'トラッカーのアドレス',
      de: 'Adresse des Trackers',
    },
  })),
  summary: {
    en: 'The tracker of our house',
    ja: '社内のトラッカー',
    de: 'Der Tracker unseres Hauses',
  },
};

export const providers = [redmine, planio, jooto, workfront, ...others(redmine, lines)];
