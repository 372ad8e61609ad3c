import type { Messages } from './messages';
import { plural } from './plural';

/** The German texts of the wizard, and of the definitions it offers. */
export const adding: Pick<Messages, 'add' | 'budget' | 'definition'> = {
  add: {
    title: 'Site hinzufügen',
    steps: {
      product: 'Produkt',
      address: 'Adresse',
      registration: 'Registrierung',
      connect: 'Verbinden',
    },
    which: 'Welches Produkt?',
    whichLead: 'Ein Konto auf einem Server ist eine Site in Ihrer Liste.',
    counts: (n) => plural('de', n, { one: `${n} Zahl`, other: `${n} Zahlen` }),
    where: (product) => `Wo ist Ihr ${product}?`,
    whereLead: 'Die Adresse, die Sie im Browser öffnen. Unterordner sind erlaubt.',
    whose: (product) => `Welches ${product} ist Ihres?`,
    whoseLead: 'Tallykey braucht das, um es zu finden.',
    more: 'Mehr',
    moreHint: 'Diese Werte passen fast immer.',
    digits: 'Nur Ziffern.',
    name: 'Name in Ihrer Liste',
    nameTaken: 'Eine andere Site heißt schon so.',
    checking: (host) => `Warten auf ${host}`,
    reached: 'Der Server antwortet',
    took: (ms) => `${ms} ms`,
    checksStart: 'Tallykey prüft die Adresse, bevor es weitergeht.',
    noChecks: 'Ob das stimmt, zeigt sich beim Verbinden.',
    checkAgain: 'Erneut prüfen',
    copyMessage: 'Nachricht an die Administration kopieren',
    messageCopied: 'Nachricht kopiert',
    register: 'Tallykey einmal registrieren',
    openRegistration: 'Registrierungsseite öffnen',
    application: 'Art der Anwendung',
    withSecret: 'Mit Geheimnis',
    withoutSecret: 'Ohne Geheimnis',
    fieldName: 'Name',
    redirect: 'Redirect-URI',
    allLines: (n) => (n === 2 ? 'beide Zeilen' : `alle ${n} Zeilen`),
    scopes: 'Berechtigungen',
    tick: (n) =>
      plural('de', n, { one: 'dieses Kästchen ankreuzen', other: 'diese Kästchen ankreuzen' }),
    docs: 'Dokumentation des Herstellers',
    notAdministrator: 'Keine Adminrechte? Nachricht kopieren',
    afterwards: 'Was die Seite danach zeigt',
    clientId: 'Anwendungs-ID',
    secret: 'Geheimnis',
    secretHint: (store) =>
      `Das Geheimnis wird direkt gespeichert (${store}) und hier nicht mehr gezeigt. Auch viele Produkte zeigen es nur einmal.`,
    copyLine: (what) => `${what} kopieren`,
    message: {
      ask: (host) => `Könnten Sie auf ${host} eine Anwendung registrieren?`,
      where: (help) => `Wo: ${help.replace(/\.$/, '')}.`,
      kind: (application) => `Art: ${application}.`,
      name: 'Name: Tallykey.',
      lines: (lines) =>
        `Redirect-URI${lines.length > 1 ? `, ${lines.length} Zeilen` : ''}: ${lines.join(' und ')}.`,
      scopes: (scopes) => `Berechtigung: ${scopes}.`,
      secret:
        'Ich brauche die Anwendungs-ID und das Geheimnis; die Seite zeigt das Geheimnis vielleicht nur einmal.',
      noSecret: 'Ich brauche die Anwendungs-ID.',
      end: 'Sie liest Tickets mit meinen Rechten und ändert nichts.',
    },
    cancel: 'Abbrechen',
    back: 'Zurück',
    next: 'Weiter',
    submit: 'Im Browser verbinden',
  },

  budget: {
    minute: (n) => `${n} Aufrufe pro Minute`,
    hour: (n) => `${n} Aufrufe pro Stunde`,
    month: (n) => `${n} Aufrufe pro Monat`,
    limit: (limits) => `Höchstens ${limits} für die ganze Organisation.`,
    byHand: (limits) =>
      `Höchstens ${limits} für die ganze Organisation: Gezählt wird nur, wenn Sie aktualisieren.`,
    onlyByHand: 'Gezählt wird nur, wenn Sie aktualisieren.',
  },

  definition: {
    byDocumentation: 'Laut Dokumentation',
    untried: 'Laut Dokumentation, noch an keinem echten Server erprobt',
    untriedMeans: '„Laut Dokumentation“: noch an keinem echten Server erprobt.',
    own: 'Ihre eigene Datei',
    notAccepted: 'Noch nicht freigegeben',
    ask: (product) => `Die Definition von ${product} verwenden?`,
    receivers: 'Sie sendet Geheimnisse an',
    entered: (label) => `die Adresse, die Sie eingeben: ${label}`,
    means:
      'Codes, Tokens und das Geheimnis der Anwendung gehen dorthin. Geben Sie sie nur frei, wenn Sie wissen, woher die Datei stammt; ändert sie sich, werden Sie erneut gefragt.',
    accept: 'Freigeben',
    broken: (n) =>
      plural('de', n, {
        one: 'Eine eigene Datei ist nicht verwendbar',
        other: `${n} eigene Dateien sind nicht verwendbar`,
      }),
    line: (file, line) => `${file}, Zeile ${line}`,
    folder: 'Eigene Definitionen:',
    openFolder: 'Ordner öffnen',
  },
};
