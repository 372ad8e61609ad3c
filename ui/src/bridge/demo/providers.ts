import type { ProviderView } from '../types';

const counts = [
  { id: 'assigned_open', label: { en: 'Assigned to me', ja: '自分の担当' } },
  { id: 'overdue', label: { en: 'Overdue', ja: '期日超過' } },
  { id: 'due_today', label: { en: 'Due today', ja: '今日が期日' } },
  { id: 'created_open', label: { en: 'Created by me', ja: '自分が作成' } },
  { id: 'watched_open', label: { en: 'Watched', ja: 'ウォッチ中' } },
  { id: 'open', label: { en: 'All open', ja: 'すべての未完了' } },
  { id: 'closed_7d', label: { en: 'Closed in 7 days', ja: '7日間の完了' } },
];

const address = {
  key: 'base',
  kind: 'base' as const,
  label: { en: 'Address', ja: 'アドレス' },
  hint: 'https://tracker.example.com/redmine',
  default: null,
};

const redmine: ProviderView = {
  id: 'redmine',
  name: 'Redmine',
  mark: 'Rm',
  inputs: [address],
  scopes: [{ id: 'view_issues', label: { en: 'View issues', ja: 'チケットの閲覧' } }],
  counts,
  redirectLines: ['http://127.0.0.1/callback', 'urn:ietf:wg:oauth:2.0:oob'],
  registerHelp: {
    en: 'Administration → Applications → New application',
    ja: '管理 → アプリケーション → 新しいアプリケーション',
  },
  revokeHelp: {
    en: 'My account → Authorized applications',
    ja: '個人設定 → 認可済みアプリケーション',
  },
  needsClientSecret: true,
  canRevoke: true,
  hasRegisterPage: true,
  codeMinutes: 10,
  summary: {
    en: '6.1 or newer. An administrator registers once',
    ja: '6.1 以降。管理者による登録が1回必要です',
  },
};

const planio: ProviderView = {
  ...redmine,
  id: 'planio',
  name: 'Planio',
  mark: 'Pl',
  summary: { en: 'An administrator registers once', ja: '管理者による登録が1回必要です' },
};

const jooto: ProviderView = {
  ...redmine,
  id: 'jooto',
  name: 'Jooto',
  mark: 'Jo',
  inputs: [],
  scopes: [],
  counts: counts.filter(({ id }) => id !== 'created_open' && id !== 'closed_7d'),
  redirectLines: ['urn:ietf:wg:oauth:2.0:oob'],
  registerHelp: { en: 'Organization settings → API', ja: '組織の設定 → API' },
  revokeHelp: {
    en: 'Organization settings → API → Delete',
    ja: '組織の設定 → API → 削除',
  },
  canRevoke: false,
  hasRegisterPage: false,
  summary: {
    en: 'Refreshed by hand: Standard plan allows 100 calls a month',
    ja: '手動更新（スタンダードプランは月100回まで）',
  },
};

const workfront: ProviderView = {
  ...redmine,
  id: 'workfront',
  name: 'Adobe Workfront',
  mark: 'Wf',
  scopes: [],
  counts: counts.filter(({ id }) => id !== 'watched_open' && id !== 'closed_7d'),
  codeMinutes: 2,
  summary: {
    en: 'Its token goes into a sessionID header',
    ja: 'トークンは sessionID ヘッダーで使います',
  },
};

export const providers = [redmine, planio, jooto, workfront];
