import { plural } from './plural';

/** The English texts about tokens that were copied, or fetched by a script. */
export const given = {
  given: {
    title: 'Copied tokens',
    copied: (time: string) => `Copied ${time}`,
    copiedTimes: (n: number, time: string) => `Copied ${n} times, last ${time}`,
    ends: (tail: string) => `ends …${tail}`,
    validUntil: (time: string) => `valid until ${time}`,
    validOpen: 'no known end',
    end: 'End it now…',
    notHeld: 'Tallykey cannot end this one early.',
    past: (n: number) => plural('en', n, { one: '1 ended earlier', other: `${n} ended earlier` }),
    over: (time: string) => `replaced or revoked ${time}`,
    ranOut: (time: string) => `ran out ${time}`,

    ask: (tail: string) => `End the copied token …${tail}?`,
    stepNew: (host: string) => `Tallykey gets a new token from ${host} at once.`,
    stepScripts: (tail: string) =>
      `Scripts and programs that use …${tail} stop working until they get the new one.`,
    stays: 'The connection and its counts stay.',
    submit: 'End it now',
    working: (host: string) => `Asking ${host} for a new token`,
    refused: (tail: string) => `…${tail} is refused now`,
    refusedMeans: (host: string) => `${host} was asked with it and refused it.`,
    replaced: (tail: string) => `…${tail} was replaced`,
    letsLive: (time: string) => `The site may let it live until ${time}.`,
    letsLiveOpen: 'The site may let it live on.',
    takes: (host: string) => `${host} still takes it.`,
    takesUntil: (host: string, time: string) => `${host} still takes it, until ${time}.`,
    letsLiveNext: 'To end it for sure, revoke the connection.',
    hasNew: (tail: string) => `Tallykey has a new token, which ends …${tail}`,
    hasNewPlain: 'Tallykey has a new token',

    stopsWorking: (n: number, tails: string) =>
      plural('en', n, {
        one: `A copied token stops working: ${tails}.`,
        other: `${n} copied tokens stop working: ${tails}.`,
      }),
    worksOn: (n: number, tails: string, time: string) =>
      plural('en', n, {
        one: `A copied token works until ${time} at the latest: ${tails}.`,
        other: `${n} copied tokens work until ${time} at the latest: ${tails}.`,
      }),
    worksOnOpen: (n: number, tails: string) =>
      plural('en', n, {
        one: `A copied token goes on working: ${tails}.`,
        other: `${n} copied tokens go on working: ${tails}.`,
      }),
  },
};
