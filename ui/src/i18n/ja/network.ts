import type { network as en } from '../en/network';
import type { Japanese } from '../translated';

/** The Japanese texts of the proxy, and of certificates that are trusted for single sites. */
export const network: Japanese<typeof en> = {
  trust: {
    offer: 'このサイトだけ信頼する…',
    title: '証明書を信頼する',
    lead: 'このコンピューターは {{host}} の証明書を信頼していません。会社に独自の認証局がある場合は、その証明書を選んでください。このサイトだけで信頼します。',
    leadAny:
      '会社に独自の認証局がある場合は、その証明書を選んでください。このサイトだけで信頼します。',
    choose: 'ファイルを選択…',
    another: '別のファイル…',
    change: '別の証明書を選択…',
    file: '証明書のファイル',
    kinds: '.pem、.crt、.cer、.der（64 KiB まで）',
    tooLarge: '64 KiB を超えています',
    subject: '発行先',
    until: '有効期限',
    fingerprint: 'SHA-256 フィンガープリント',
    compare: '管理者から伝えられた値と、1文字ずつ比べてください。',
    alone:
      '認証局ではなく、サーバー自身の証明書です。この証明書だけを信頼します。サーバーの証明書が新しくなると、もう一度確認します。',
    more_other: 'ファイルにはほかに{{count}}件の証明書がありますが、これだけを使います。',
    submit: 'このサイトだけ信頼する',
    trusted: 'このサイトだけで信頼: {{subject}}',
    stop: '信頼を取り消す…',
    stopNow: '信頼を取り消す',
    label: '信頼する証明書',
    system: 'システムの認証局のみ',
    unknownIssuer: '発行元が不明です',
  },

  network: {
    proxy: 'プロキシ',
    proxyHint: 'このコンピューター自身への通信には使いません',
    choices: {
      system: 'システムの設定を使う',
      none: 'プロキシを使わない',
      address: 'アドレスを指定…',
    },
    address: 'プロキシのアドレス',
    addressHint: 'ユーザー名やパスワードは含めず、システムの設定に入力してください。',
    refused:
      '設定ファイルのアドレスを使えないため、何も送信していません。別のアドレスを入力するか、設定を選び直してください。',
    authority: '追加の認証局（CA）',
    none: 'ありません。サイトのアドレスを確認するときに追加できます。',
    one_other: '{{subject}} · {{count}}サイトだけで信頼: {{sites}}',
    unused: '{{subject}} · 信頼しているサイトはありません',
    missing: 'ファイルがないか、変更されています: {{fingerprint}}',
    manage: '管理…',
    remove: '削除…',
    removeNow: '削除',
    keep: '残す',
    ask_other: '{{sites}} に接続できなくなります。保存済みの接続は残ります。',
    askUnused: '使用しているサイトはありません。',
  },
};
