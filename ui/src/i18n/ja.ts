import { adding } from './ja.adding';
import { connecting } from './ja.connecting';
import { ending } from './ja.ending';
import { given } from './ja.given';
import { numbers } from './ja.numbers';
import { trouble } from './ja.trouble';
import { window } from './ja.window';
import type { Messages } from './messages';

export const ja: Messages = {
  language: {
    system: (name) => `システムに合わせる（${name}）`,
    sentenceGap: '',
  },

  duration: {
    hours: (h) => `${h}時間`,
    hoursMinutes: (h, m) => `${h}時間${m}分`,
    minutes: (m) => `${m}分`,
    seconds: (s) => `${s}秒`,
    days: (d) => `${d}日`,
    underMinute: '1分未満',
  },

  error: {
    thisSite: 'このサイト',
    theServer: 'サーバー',
    unknown: {
      what: '予期しない問題が起きました',
      means: '操作を完了できませんでした。サイトと接続はそのまま残しています。',
      next: 'もう一度試してください。続く場合は Tallykey を再起動してください。',
    },
    dismiss: '閉じる',
    tryAgain: '再試行',
  },

  toolbar: {
    back: 'すべてのサイト',
    filter: 'サイトを絞り込み',
    clearFilter: '絞り込みを解除',
    show: '表示',
    all: 'すべて',
    needsYou: '要対応',
    overdue: '期日超過あり',
    refresh: '更新',
    refreshing: (done, all) => `更新中 ${done}/${all}`,
    addSite: 'サイトを追加',
    settings: '設定',
  },

  overview: {
    title: 'すべてのサイト',
    filtered: (shown, all) => `${all}件中${shown}件`,
    sites: 'サイト',
    fresh: (fresh, older) => `最新 ${fresh}件、以前の件数 ${older}件`,
    allFresh: 'すべて最新',
    noCounts: '件数はまだありません',
    token: 'トークン',
    sort: (name) => `${name}で並べ替え`,
    needsYou: '要対応',
    waiting: '待機中',
    upToDate: '最新',
    noMatch: (query) => `「${query}」に一致するサイトはありません`,
    noMatchHint: '名前、アドレス、製品名を検索しました。',
    noneNeedYou: '対応が必要なサイトはありません',
    noneOverdue: '期日超過はありません',
    showAll: 'すべて表示',
    announce: (n, assigned, overdue) => `${n}サイト、担当 ${assigned}、期日超過 ${overdue}`,
  },

  column: {
    assigned_open: '担当',
    overdue: '期日超過',
    due_today: '今日が期日',
    created_open: '作成',
    watched_open: 'ウォッチ',
    open: '未完了',
  },

  row: {
    left: (d) => `残り ${d}`,
    ended: 'トークン終了',
    noEnd: '接続済み',
    ago: (d) => `${d}前に更新`,
    justNow: 'たった今',
    tokenLeft: (d) => `トークン残り ${d}`,
    refreshed: (d) => `${d}前に更新`,
    refreshedNow: 'たった今更新',
    counts: (d) => `${d}前の件数`,
    countsUntil: (d, time) => `${d}前、${time}まで`,
    oldUnknown: '以前の件数',
    old: (d) => `${d}前`,
    until: (time) => `${time}まで`,
    rateFor: (d) => `制限中 あと${d}`,
    signIn: '要再ログイン',
    offline: 'オフライン',
    rateLimited: 'アクセス制限中',
    locked: '要ロック解除',
    noStore: 'キーチェーンなし',
    storeWaits: 'キーチェーン待ち',
    storeFailed: 'キーチェーン不可',
    otherPerson: '別の人',
    proxy: 'プロキシ拒否',
    serverTrouble: 'サーバー障害',
    unclear: '応答が不明',
    untrusted: '証明書エラー',
    forbidden: '権限なし',
    apiOff: 'API が無効',
    unconfirmed: '本人未確認',
    stuck: '更新できません',
    unknown: '未対応の製品',
    unaccepted: '定義が未承認',
    unchosen: '要選択',
    refused: '登録を確認',
    noSecret: 'シークレットなし',
    never: '未接続',
    revokePending: '取り消し待ち',
    revoking: '取り消し中',
    refreshing: '更新中',
    counting: '集計しています…',
    connectToSee: '接続すると件数が表示されます',
    chooseToSee: '集計する対象を選んでください',
    refreshToSee: '更新すると件数が表示されます',
    cannotCount: (product) => `${product} では集計できません`,
    logIn: 'ログイン',
    retry: '再試行',
    openSite: 'サイトを開く',
    unlock: 'ロック解除',
    connect: '接続',
    accept: '承認…',
    choose: '選択…',
    replaceSecret: '置き換え…',
    more: (site) => `その他の操作: ${site}`,
    copyFor: (site) => `トークンをコピー: ${site}`,
  },

  copy: {
    token: 'トークンをコピー',
    copied: 'コピーしました',
    as: '形式を選んでコピー',
    raw: 'トークンのみ',
    header: 'Authorization ヘッダー',
    curl: 'curl',
    httpie: 'HTTPie',
    powershell: 'PowerShell',
    env: '環境変数の行',
    json: 'JSON',
    foot: (d) => `${d}後に消去します。コマンドは先頭に空白が入り、多くのシェルで履歴に残りません。`,
  },

  toast: {
    clipboard: 'クリップボード',
    copied: (what, site) =>
      what
        ? `${site} のトークンを ${what} 形式でコピーしました`
        : `${site} のトークンをコピーしました`,
    forms: {
      raw: '',
      header: 'ヘッダー',
      curl: 'curl',
      httpie: 'HTTPie',
      powershell: 'PowerShell',
      env: '環境変数',
      json: 'JSON',
    },
    clears: (d) => `${d}後にクリップボードを消去`,
    worksUntil: (tail, time) => `トークン …${tail} は ${time} まで有効`,
    works: (tail) => `トークン …${tail}`,
    sameUntil: (tail, time) => `前と同じトークン …${tail}、${time} まで有効`,
    same: (tail) => `前と同じトークン …${tail}`,
    clearNow: '今すぐ消去',
    cleared: 'クリップボードを消去しました',
    replaced: '消去しませんでした: クリップボードの内容が変わっています',
    failed:
      'デスクトップの制限により消去できませんでした。別の内容をコピーして上書きしてください。',
  },

  store: {
    secretsIn: (store) => `シークレット: ${store}`,
    memory: 'シークレットは終了するまで保持します',
    keychain: 'キーチェーン',
    untilQuit: 'メモリー（終了まで）',
    locked: (store) => `${store} はロック中`,
    unlock: 'ロック解除',
    none: 'キーチェーンがありません',
    missing: 'キーチェーンが見つかりません。接続する前に、シークレットの保存先を選んでください。',
    missingMeans: 'シークレットを平文で保存することはありません。',
    keepInMemory: '終了するまで保持',
    keepInMemoryHint: '起動するたびに再ログインが必要になります。',
    lookAgain: 'もう一度探す',
  },

  first: {
    title: 'まだサイトがありません',
    lead: 'サイトを追加すると、課題の件数がここに表示されます。トークンの更新も自動です。',
    add: 'サイトを追加',
    store: (store) =>
      `シークレットは ${store} に保存されます（検出済み・ロック解除済み）。Tallykey が通信するのは、追加したサイトだけです。`,
    memory:
      'シークレットは終了するまで保持します。Tallykey が通信するのは、追加したサイトだけです。',
  },

  site: {
    sideOverdue: '超過',
    sideAssigned: '担当',
    openSite: 'サイトを開く',
    refresh: '更新',
    revoke: '接続を取り消す…',
    remove: '削除…',
    connectAgain: 'もう一度ログイン…',
    addAccount: '別のアカウントを追加…',
    replaceSecret: 'シークレットを置き換え…',
    accept: '定義を承認…',
    change: '変更…',
    choose: '選択…',
    chosen: '選択した項目',
    notChosen: 'まだ選んでいません',
    andMore: (n) => `ほか${n}件`,
    counts: '件数',
    openCount: (label, value) => `${label}: ${value}。ブラウザーで開く`,
    noCount: (label) => `${label}: 件数なし。ブラウザーで開く`,
    accessToken: 'アクセストークン',
    tokenEnds: (tail) => `末尾 ${tail}`,
    left: (d) => `残り ${d}`,
    ended: '終了',
    until: (time) => `${time} まで`,
    noEnd: '期限は不明です',
    scopes: '許可されたスコープ',
    missingScopes: (scopes) =>
      `求めたスコープの一部が許可されていません: ${scopes}。表示されない件数があります。`,
    noToken: '有効なトークンがありません。ログインすると新しく発行されます。',
    account: 'アカウント',
    id: (id) => `id ${id}`,
    connected: '接続日',
    secrets: 'シークレット',
    notConnected: '未接続',
    notConnectedHint: (host) =>
      `接続すると、ブラウザーで ${host} が開きます。そこでログインし、Tallykey を承認してください。`,
    countsFrom: (time) => `${time} 時点の件数`,
    countsOld: (time, d) => `${time} 時点の件数（${d}前）`,
    refreshed: (d) => `${d}前に更新`,
    refreshedNow: 'たった今更新',
  },

  ...trouble,

  ...given,

  ...connecting,

  ...ending,

  ...adding,

  ...numbers,

  ...window,

  dialog: {
    cancel: 'キャンセル',
    done: '完了',
  },
};
