import type { Messages } from './messages';

/** The Japanese texts about tokens that were copied, or fetched by a script. */
export const given: Pick<Messages, 'given'> = {
  given: {
    title: 'コピーしたトークン',
    copied: (time) => `${time} にコピー`,
    copiedTimes: (n, time) => `${n}回コピー、最後は ${time}`,
    ends: (tail) => `末尾 …${tail}`,
    validUntil: (time) => `${time} まで有効`,
    validOpen: '期限は不明',
    end: '今すぐ終了…',
    notHeld: 'このトークンは、Tallykey から期限前に終了できません。',
    past: (n) => `終了したもの ${n}件`,
    over: (time) => `${time} に置き換え、または取り消し`,
    ranOut: (time) => `${time} に期限切れ`,

    ask: (tail) => `コピーしたトークン（末尾 …${tail}）を終了しますか？`,
    stepNew: (host) => `Tallykey は、すぐに ${host} から新しいトークンを受け取ります。`,
    stepScripts: (tail) =>
      `末尾 …${tail} のトークンを使うスクリプトやプログラムは、新しいトークンを渡すまで動かなくなります。`,
    stays: '接続と件数はそのまま残ります。',
    submit: '今すぐ終了',
    working: (host) => `${host} に新しいトークンを求めています`,
    refused: (tail) => `末尾 …${tail} のトークンは拒否されるようになりました`,
    refusedMeans: (host) => `${host} に問い合わせ、拒否されることを確認しました。`,
    replaced: (tail) => `末尾 …${tail} のトークンを置き換えました`,
    letsLive: (time) => `サイトの側では、${time} まで使える可能性があります。`,
    letsLiveOpen: 'サイトの側では、引き続き使える可能性があります。',
    takes: (host) => `${host} では、引き続き使えます。`,
    takesUntil: (host, time) => `${host} では、${time} まで引き続き使えます。`,
    letsLiveNext: '確実に終わらせるには、接続を取り消してください。',
    hasNew: (tail) => `新しいトークン（末尾 …${tail}）を受け取りました`,
    hasNewPlain: '新しいトークンを受け取りました',

    stopsWorking: (n, tails) => `コピー済みのトークン${n}件が使えなくなります: ${tails}`,
    worksOn: (n, tails, time) =>
      `コピー済みのトークン${n}件は、遅くとも ${time} まで使えます: ${tails}`,
    worksOnOpen: (n, tails) => `コピー済みのトークン${n}件は、引き続き使えます: ${tails}`,
  },
};
