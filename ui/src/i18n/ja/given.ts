import type { given as en } from '../en/given';
import type { Japanese } from '../translated';

/** The Japanese texts about tokens that were copied, or fetched by a script. */
export const given: Japanese<typeof en> = {
  given: {
    title: 'コピーしたトークン',
    copied: '{{time}} にコピー',
    copiedTimes: '{{count}}回コピー、最後は {{time}}',
    ends: '末尾 …{{tail}}',
    validUntil: '{{time}} まで有効',
    validOpen: '期限は不明',
    end: '今すぐ無効にする…',
    notHeld: 'このトークンは、Tallykey から期限前に無効にできません。',
    past_other: '無効になったもの {{count}}件',
    over: '{{time}} に置き換え、または取り消し',
    ranOut: '{{time}} に有効期限切れ',
    ask: 'トークン …{{tail}} を無効にしますか？',
    stepNew: 'Tallykey は、すぐに {{host}} から新しいトークンを受け取ります。',
    stepScripts:
      '末尾 …{{tail}} のトークンを使うスクリプトやプログラムは、新しいトークンを渡すまで動かなくなります。',
    stays: '接続と件数はそのまま残ります。',
    submit: '今すぐ無効にする',
    working: '{{host}} に新しいトークンを求めています',
    refused: 'トークン …{{tail}} は無効になりました',
    refusedMeans: '{{host}} に問い合わせ、拒否されることを確認しました。',
    replaced: '末尾 …{{tail}} のトークンを置き換えました',
    letsLive: 'サイトの側では、{{time}} まで使える可能性があります。',
    letsLiveOpen: 'サイトの側では、引き続き使える可能性があります。',
    takes: '{{host}} では、引き続き使えます。',
    takesUntil: '{{host}} では、{{time}} まで引き続き使えます。',
    letsLiveNext: '確実に無効にするには、接続を取り消してください。',
    hasNew: '新しいトークン（末尾 …{{tail}}）を受け取りました',
    hasNewPlain: '新しいトークンを受け取りました',
    stopsWorking_other: 'コピー済みのトークン{{count}}件が使えなくなります: {{tails}}',
    worksOn_other: 'コピー済みのトークン{{count}}件は、遅くとも {{time}} まで使えます: {{tails}}',
    worksOnOpen_other: 'コピー済みのトークン{{count}}件は、引き続き使えます: {{tails}}',
  },
};
