import type { Hierarchy, Node } from '../phone/hierarchy.ts';
import { normalText } from '../phone/selector.ts';

/** Scripts that one language alone uses, or so nearly that a UI in them is in it. */
const scripts: readonly (readonly [language: string, pattern: RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['ko', /\p{Script=Hangul}/u],
  ['zh', /\p{Script=Han}/u],
  ['th', /\p{Script=Thai}/u],
  ['fa', /[پچژگ]/u],
  ['ar', /\p{Script=Arabic}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['uk', /[іїєґ]/iu],
  ['ru', /\p{Script=Cyrillic}/u],
  ['el', /\p{Script=Greek}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['bn', /\p{Script=Bengali}/u],
  ['ta', /\p{Script=Tamil}/u],
  ['km', /\p{Script=Khmer}/u],
  ['my', /\p{Script=Myanmar}/u],
  ['es', /[¿¡]/],
  ['vi', /[ạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]/iu],
];

/** Words of menus and sentences that no other language of this list has. */
const words: Readonly<Record<string, string>> = {
  en: 'the and your you with for are is this that of to search settings home back cancel close open allow only time while using share gallery phone messaging camera clock calendar contacts files folder screen item select today yesterday pictures albums sign continue try again store play uninstall install update add more about page done next skip not now choose account password email error something went wrong get started learn in a i do no me at be can was',
  fr: "le la les des une vous votre avec pour est cette dans sur aux et annuler fermer ouvrir autoriser partager galerie téléphone paramètres accueil rechercher retour contacts fichiers horloge calendrier aujourd'hui hier photos suivant ignorer compte passe réessayer plus ajouter désinstaller installer modifier choisir appareil écran verrouiller alimentation réseau de en a du un on se ne pas que qui ce",
  es: 'el la los las una usted tu con para es esta en y cancelar cerrar abrir permitir compartir galería teléfono ajustes configuración inicio buscar atrás contactos archivos reloj calendario hoy ayer fotos siguiente omitir cuenta contraseña reintentar más agregar añadir desinstalar instalar sensor huellas dactilares pantalla señal batería de barras notificación dispositivo a se o un tus que no lo me si al del actualizar',
  pt: 'o os as uma você seu sua com para é esta em e cancelar fechar abrir permitir compartilhar partilhar galeria telefone configurações definições início pesquisar voltar contatos contactos arquivos relógio calendário hoje ontem próximo avançar pular conta senha tentar novamente mais adicionar desinstalar instalar não tela ecrã bateria dispositivo a de se do da um que no na me ao atualizar',
  de: 'der die das und ein eine sie ihr ihre mit für ist diese im auf abbrechen schließen öffnen zulassen teilen galerie telefon einstellungen startseite suchen zurück kontakte dateien uhr kalender heute gestern fotos weiter überspringen konto passwort erneut versuchen mehr hinzufügen deinstallieren installieren nicht bildschirm akku in an am den zu von dem',
  it: "il lo gli una tu tuo con per è questa nel e annulla chiudi apri consenti condividi galleria telefono impostazioni home cerca indietro contatti file orologio calendario oggi ieri foto avanti salta account riprova altro aggiungi disinstalla installa non schermo batteria dell'app dispositivo a in i o se un di da che al del si me",
  nl: 'de het een je jouw met voor is deze in en annuleren sluiten openen toestaan delen galerij telefoon instellingen start zoeken terug contacten bestanden klok agenda vandaag gisteren volgende overslaan wachtwoord opnieuw proberen meer toevoegen verwijderen installeren niet scherm batterij van te',
  pl: 'i w na z do jest ten anuluj zamknij otwórz zezwól udostępnij galeria telefon ustawienia główna szukaj wstecz kontakty pliki zegar kalendarz dziś wczoraj zdjęcia dalej pomiń konto hasło ponów więcej dodaj odinstaluj zainstaluj nie ekran bateria',
  tr: 've bir bu ile için iptal kapat aç izin ver paylaş galeri telefon ayarlar ana ara geri kişiler dosyalar saat takvim bugün dün fotoğraflar sonraki atla hesap şifre tekrar dene daha ekle kaldır yükle ekran pil uygulama',
  id: 'dan yang di ke untuk dengan ini batal tutup buka izinkan bagikan galeri telepon setelan pengaturan beranda telusuri cari kembali kontak file jam kalender hari kemarin foto berikutnya lewati akun sandi coba lagi lainnya tambahkan hapus instal jangan layar baterai aplikasi anda tidak',
  ms: 'dan yang di ke untuk dengan ini batal tutup buka benarkan kongsi galeri telefon tetapan laman utama cari kembali kenalan fail jam kalendar semalam seterusnya langkau kata laluan cuba tambah nyahpasang pasang skrin bateri apl anda tidak',
  ro: 'și cu pentru este această în anulează închide deschide permite distribuie galerie telefon setări acasă caută înapoi persoane fișiere ceas calendar azi ieri fotografii înainte cont parolă reîncearcă adaugă dezinstalează instalează nu ecran baterie a de se o un la care',
  cs: 'a v na se je tento zrušit zavřít otevřít povolit sdílet galerie telefon nastavení domů hledat zpět kontakty soubory hodiny kalendář dnes včera fotky další přeskočit účet heslo zkusit znovu více přidat odinstalovat nainstalovat ne obrazovka baterie',
  sv: 'och en ett du din med för är den på avbryt stäng öppna tillåt dela galleri telefon inställningar hem sök tillbaka kontakter filer klocka kalender idag igår foton nästa hoppa konto lösenord försök igen mer lägg avinstallera installera inte skärm batteri i att det',
};

/** Word → the languages that have it. */
const owners = new Map<string, string[]>();
for (const [language, list] of Object.entries(words)) {
  for (const word of new Set(list.split(' '))) owners.set(word, [...(owners.get(word) ?? []), language]);
}

/**
 * The language that most labels speak, by whole labels that one language alone has (`own`: what an app writes itself) and,
 * where these tell nothing, by script and common words. Undefined: no readable label, or as much of one as of another.
 */
export function languageOf(
  hierarchy: Hierarchy,
  own: Readonly<Record<string, readonly string[]>>,
  isAllowed: (node: Node) => boolean,
): string | undefined {
  const labels = labelsOf(hierarchy, isAllowed);
  return byOwnLabels(labels, own) ?? byWords(labels);
}

function labelsOf(hierarchy: Hierarchy, isAllowed: (node: Node) => boolean): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const node of hierarchy.nodes) {
    if (!isAllowed(node)) continue;
    if (node.text !== '') labels.add(normalText(node.text));
    if (node.desc !== '') labels.add(normalText(node.desc));
  }
  return labels;
}

function byOwnLabels(
  labels: ReadonlySet<string>,
  own: Readonly<Record<string, readonly string[]>>,
): string | undefined {
  const counts = Object.entries(own).map(
    ([language, list]) => [language, list.filter((label) => labels.has(label)).length] as const,
  );
  return most(counts);
}

/** Written in the letters of the second but for a few of their own: short labels may have none of these. */
const sharedLetters: readonly (readonly [language: string, letters: string])[] = [
  ['uk', 'ru'],
  ['ja', 'zh'],
  ['fa', 'ar'],
];
/** Less is a name, or a word that several languages have. */
const leastCount = 0.9;

/** Of the labels without the language of a name or two: each counts once, for every language that it could be in. */
export function byWords(labels: Iterable<string>): string | undefined {
  const counts = new Map<string, number>();
  const count = (language: string, weight: number) => counts.set(language, (counts.get(language) ?? 0) + weight);
  for (const label of labels) {
    const script = scripts.find(([, pattern]) => pattern.test(label))?.[0];
    if (script) {
      count(script, 1);
      continue;
    }
    for (const word of label.toLowerCase().match(/[\p{L}']+/gu) ?? []) {
      const languages = owners.get(word) ?? [];
      for (const language of languages) count(language, 1 / languages.length);
    }
  }
  for (const [language, letters] of sharedLetters) {
    const [own = 0, others = 0] = [counts.get(language), counts.get(letters)];
    if (own * 3 < others || own === 0) continue;
    counts.set(language, own + others);
    counts.delete(letters);
  }
  return most([...counts].filter(([, number]) => number >= leastCount));
}

function most(counts: readonly (readonly [string, number])[]): string | undefined {
  const [first, second] = counts.toSorted(([, a], [, b]) => b - a);
  return first && first[1] > (second?.[1] ?? 0) ? first[0] : undefined;
}
