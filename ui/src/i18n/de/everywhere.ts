import type { everywhere as en } from '../en/everywhere';
import type { German } from '../translated';

/** The German texts that are read in more than one place. */
export const everywhere: German<typeof en> = {
  language: {
    system: 'System ({{name}})',
    quoted: '„{{text}}“',
    sentenceGap: ' ',
  },

  duration: {
    hours: '{{hours}} h',
    hoursMinutes: '{{hours}} h {{minutes}} min',
    minutes: '{{minutes}} min',
    seconds: '{{seconds}} s',
    days_one: '{{count}} Tag',
    days_other: '{{count}} Tage',
    daysGone_one: '{{count}} Tag',
    daysGone_other: '{{count}} Tagen',
    underMinute: 'unter 1 min',
    ago: 'vor {{duration}}',
  },

  error: {
    thisSite: 'diese Site',
    theServer: 'der Server',
    gone: 'Diese Site gibt es nicht mehr',
    unknown: {
      what: 'Etwas Unerwartetes ist passiert',
      means:
        'Tallykey konnte das nicht abschließen. Ihre Sites und deren Verbindungen sind unverändert.',
      next: 'Versuchen Sie es erneut. Bleibt es dabei, starten Sie Tallykey neu.',
    },
    dismiss: 'Schließen',
    tryAgain: 'Erneut versuchen',
  },

  copy: {
    token: 'Token kopieren',
    copied: 'Kopiert',
    as: 'Kopieren als',
    form: '{{form}} kopieren',
    raw: 'Nur das Token',
    header: 'Authorization-Header',
    curl: 'curl',
    httpie: 'HTTPie',
    powershell: 'PowerShell',
    env: 'Umgebungsvariable',
    json: 'JSON',
    foot: 'Wird nach {{duration}} gelöscht. Ein Leerzeichen davor hält Befehle aus dem Verlauf der meisten Shells.',
  },

  toast: {
    clipboard: 'Zwischenablage',
    copied: 'Token für {{site}} kopiert',
    copiedAs: '{{form}} für {{site}} kopiert',
    forms: {
      header: 'Header',
      curl: 'curl',
      httpie: 'HTTPie',
      powershell: 'PowerShell',
      env: 'Umgebungsvariable',
      json: 'JSON',
    },
    clears: 'Zwischenablage wird in {{duration}} geleert',
    worksUntil: 'Token …{{tail}} gilt bis {{time}}',
    works: 'Token …{{tail}}',
    sameUntil: 'Dasselbe Token …{{tail}}, bis {{time}}',
    same: 'Dasselbe Token …{{tail}}',
    clearNow: 'Jetzt leeren',
    cleared: 'Zwischenablage geleert',
    replaced: 'Nicht geleert: Die Zwischenablage enthält inzwischen etwas anderes',
    failed:
      'Der Desktop ließ Tallykey die Zwischenablage nicht leeren. Kopieren Sie etwas anderes, um den Inhalt zu ersetzen.',
  },

  store: {
    secretsIn: 'Geheimnisse: {{store}}',
    memory: 'Geheimnisse bleiben bis zum Beenden',
    keychain: 'Schlüsselbund',
    untilQuit: 'Arbeitsspeicher, bis zum Beenden',
    locked: '{{store}} ist gesperrt',
    unlock: 'Entsperren',
    none: 'Kein Schlüsselbund',
    missing: 'Kein Schlüsselbund gefunden. Wählen Sie vor dem Verbinden, wohin Geheimnisse kommen.',
    missingMeans: 'Geheimnisse werden nie im Klartext gespeichert.',
    keepInMemory: 'Bis zum Beenden behalten',
    keepInMemoryHint: 'Bis zum Beenden behalten: Dann melden Sie sich nach jedem Start neu an.',
    lookAgain: 'Erneut suchen',
  },

  dialog: {
    cancel: 'Abbrechen',
    done: 'Fertig',
    close: 'Schließen',
  },
};
