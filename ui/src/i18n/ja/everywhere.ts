import type { everywhere as en } from '../en/everywhere';
import type { Japanese } from '../translated';

/** The Japanese texts that are read in more than one place. */
export const everywhere: Japanese<typeof en> = {
  language: {
    system: 'システムに合わせる（{{name}}）',
    quoted: '「{{text}}」',
    sentenceGap: '',
  },

  duration: {
    hours: '{{hours}}時間',
    hoursMinutes: '{{hours}}時間{{minutes}}分',
    minutes: '{{minutes}}分',
    seconds: '{{seconds}}秒',
    days_other: '{{count}}日',
    daysGone_other: '{{count}}日',
    underMinute: '1分未満',
    ago: '{{duration}}前',
  },

  error: {
    thisSite: 'このサイト',
    theServer: 'サーバー',
    gone: 'このサイトはもうありません',
    unknown: {
      what: '予期しない問題が起きました',
      means: '操作を完了できませんでした。サイトと接続はそのまま残しています。',
      next: 'もう一度試してください。続く場合は Tallykey を再起動してください。',
    },
    dismiss: '閉じる',
    tryAgain: '再試行',
  },

  copy: {
    token: 'トークンをコピー',
    copied: 'コピーしました',
    as: '形式を選んでコピー',
    form: '{{form}}をコピー',
    raw: 'トークンのみ',
    header: 'Authorization ヘッダー',
    curl: 'curl',
    httpie: 'HTTPie',
    powershell: 'PowerShell',
    env: '環境変数の行',
    json: 'JSON',
    foot: '{{duration}}後に消去します。コマンドは先頭に空白が入り、多くのシェルで履歴に残りません。',
  },

  toast: {
    clipboard: 'クリップボード',
    copied: '{{site}} のトークンをコピーしました',
    copiedAs: '{{site}} のトークンを「{{form}}」形式でコピーしました',
    forms: {
      header: 'ヘッダー',
      curl: 'curl',
      httpie: 'HTTPie',
      powershell: 'PowerShell',
      env: '環境変数',
      json: 'JSON',
    },
    clears: '{{duration}}後にクリップボードを消去',
    worksUntil: 'トークン …{{tail}} は {{time}} まで有効',
    works: 'トークン …{{tail}}',
    sameUntil: '前と同じトークン …{{tail}}、{{time}} まで有効',
    same: '前と同じトークン …{{tail}}',
    clearNow: '今すぐ消去',
    cleared: 'クリップボードを消去しました',
    replaced: '消去しませんでした: クリップボードの内容が変わっています',
    failed:
      'デスクトップの制限により消去できませんでした。別の内容をコピーして上書きしてください。',
  },

  store: {
    secretsIn: 'シークレット: {{store}}',
    memory: 'シークレットは終了するまで保持します',
    keychain: 'キーチェーン',
    untilQuit: 'メモリー（終了まで）',
    locked: '{{store}} はロック中',
    unlock: 'ロック解除',
    none: 'キーチェーンがありません',
    missing: 'キーチェーンがありません。先にシークレットの保存先を選んでください。',
    missingMeans: 'シークレットを平文で保存することはありません。',
    keepInMemory: '終了するまで保持',
    keepInMemoryHint: '終了するまで保持する場合は、起動のたびにログインします。',
    lookAgain: 'もう一度探す',
  },

  dialog: {
    cancel: 'キャンセル',
    done: '完了',
    close: '閉じる',
  },
};
