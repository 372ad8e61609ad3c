import type { network as en } from '../en/network';
import type { German } from '../translated';

/** The German texts of the proxy, and of certificates that are trusted for single sites. */
export const network: German<typeof en> = {
  trust: {
    offer: 'Nur für diese Site vertrauen…',
    title: 'Einem Zertifikat vertrauen',
    lead: 'Dieser Computer vertraut dem Zertifikat von {{host}} nicht. Hat Ihre Firma eine eigene Zertifizierungsstelle, wählen Sie deren Zertifikat: Ihm wird für diese Site vertraut und für keine andere.',
    leadAny:
      'Hat Ihre Firma eine eigene Zertifizierungsstelle, wählen Sie deren Zertifikat: Ihm wird nur für diese Site vertraut.',
    choose: 'Datei wählen…',
    another: 'Andere…',
    change: 'Anderes wählen…',
    file: 'Datei des Zertifikats',
    kinds: '.pem, .crt, .cer oder .der, höchstens 64 KiB',
    tooLarge: 'größer als 64 KiB',
    subject: 'Ausgestellt für',
    until: 'Gültig bis',
    fingerprint: 'SHA-256-Fingerabdruck',
    compare: 'Vergleichen Sie ihn Zeichen für Zeichen mit dem, den die Administration Ihnen nennt.',
    alone:
      'Es ist nicht das Zertifikat einer Stelle, sondern das eines Servers. Nur genau diesem Zertifikat wird vertraut; bekommt der Server ein neues, werden Sie wieder gefragt.',
    more_one: 'Die Datei enthält {{count}} weiteres Zertifikat; nur dieses wird verwendet.',
    more_other: 'Die Datei enthält {{count}} weitere Zertifikate; nur dieses wird verwendet.',
    submit: 'Nur für diese Site vertrauen',
    trusted: 'Nur für diese Site vertraut: {{subject}}',
    stop: 'Nicht mehr vertrauen…',
    stopNow: 'Nicht mehr vertrauen',
    label: 'Vertrautes Zertifikat',
    system: 'Nur die des Systems',
    unknownIssuer: 'unbekannter Aussteller',
  },

  network: {
    proxy: 'Proxy',
    proxyHint: 'Nie für diesen Computer selbst',
    choices: {
      system: 'Wie im System',
      none: 'Kein Proxy',
      address: 'Adresse…',
    },
    address: 'Adresse des Proxys',
    addressHint: 'Ohne Namen und Passwort; die gehören in die Einstellungen des Systems.',
    refused:
      'Die Adresse in der Einstellungsdatei ist nicht nutzbar; deshalb wird nichts gesendet. Geben Sie eine andere ein, oder wählen Sie eine andere Einstellung.',
    authority: 'Weitere Zertifizierungsstelle',
    none: 'Keine. Die einer Site lässt sich hinzufügen, wo ihre Adresse geprüft wird.',
    one_one: '{{subject}} · nur für {{count}} Site: {{sites}}',
    one_other: '{{subject}} · nur für {{count}} Sites: {{sites}}',
    unused: '{{subject}} · für keine Site',
    missing: 'Fehlt oder wurde geändert: {{fingerprint}}',
    manage: 'Verwalten…',
    remove: 'Entfernen…',
    removeNow: 'Entfernen',
    keep: 'Behalten',
    ask_one: '{{sites}} ist dann nicht mehr erreichbar. Die Verbindung bleibt bestehen.',
    ask_other: '{{sites}} sind dann nicht mehr erreichbar. Die Verbindungen bleiben bestehen.',
    askUnused: 'Keine Site verwendet es.',
  },
};
