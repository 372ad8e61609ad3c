import type { Messages } from './messages';
import { plural } from './plural';

/** The German texts about tokens that were copied, or fetched by a script. */
export const given: Pick<Messages, 'given'> = {
  given: {
    title: 'Kopierte Tokens',
    copied: (time) => `Kopiert ${time}`,
    copiedTimes: (n, time) => `${n}-mal kopiert, zuletzt ${time}`,
    ends: (tail) => `endet auf …${tail}`,
    validUntil: (time) => `gültig bis ${time}`,
    validOpen: 'Ende nicht bekannt',
    end: 'Jetzt beenden…',
    notHeld: 'Dieses kann Tallykey nicht vorzeitig beenden.',
    past: (n) => plural('de', n, { one: '1 früher beendet', other: `${n} früher beendet` }),
    over: (time) => `ersetzt oder widerrufen ${time}`,
    ranOut: (time) => `abgelaufen ${time}`,

    ask: (tail) => `Das kopierte Token …${tail} beenden?`,
    stepNew: (host) => `Tallykey holt sofort ein neues Token von ${host}.`,
    stepScripts: (tail) =>
      `Skripte und Programme, die …${tail} nutzen, brauchen danach das neue Token.`,
    stays: 'Die Verbindung und ihre Zahlen bleiben.',
    submit: 'Jetzt beenden',
    working: (host) => `${host} wird um ein neues Token gebeten`,
    refused: (tail) => `…${tail} wird jetzt abgelehnt`,
    refusedMeans: (host) => `${host} wurde damit gefragt und hat es abgelehnt.`,
    replaced: (tail) => `…${tail} wurde ersetzt`,
    letsLive: (time) => `Die Site lässt es vielleicht bis ${time} gelten.`,
    letsLiveOpen: 'Die Site lässt es vielleicht weiter gelten.',
    takes: (host) => `${host} nimmt es noch an.`,
    takesUntil: (host, time) => `${host} nimmt es noch an, bis ${time}.`,
    letsLiveNext: 'Um es sicher zu beenden, widerrufen Sie die Verbindung.',
    hasNew: (tail) => `Tallykey hat ein neues Token, es endet auf …${tail}`,
    hasNewPlain: 'Tallykey hat ein neues Token',

    stopsWorking: (n, tails) =>
      plural('de', n, {
        one: `Ein kopiertes Token wird ungültig: ${tails}.`,
        other: `${n} kopierte Tokens werden ungültig: ${tails}.`,
      }),
    worksOn: (n, tails, time) =>
      plural('de', n, {
        one: `Ein kopiertes Token gilt noch, spätestens bis ${time}: ${tails}.`,
        other: `${n} kopierte Tokens gelten noch, spätestens bis ${time}: ${tails}.`,
      }),
    worksOnOpen: (n, tails) =>
      plural('de', n, {
        one: `Ein kopiertes Token gilt weiter: ${tails}.`,
        other: `${n} kopierte Tokens gelten weiter: ${tails}.`,
      }),
  },
};
