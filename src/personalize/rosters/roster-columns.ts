/** What a roster tells of a player. */
export const ROSTER_COLUMNS = ['row', 'team', 'name', 'number', 'size', 'position', 'quantity', 'notes'] as const;
export type RosterColumn = (typeof ROSTER_COLUMNS)[number];

/** As clubs head their lists, in the languages of the messages. */
const HEADINGS: Readonly<Record<RosterColumn, readonly string[]>> = {
  row: ['row', 'zeile', 'ligne'],
  team: ['team', 'club', 'squad', 'mannschaft', 'verein', 'équipe', 'equipo', 'squadra', 'ploeg'],
  name: [
    'name',
    'player',
    'player name',
    'surname',
    'last name',
    'spieler',
    'nachname',
    'nom',
    'joueur',
    'nombre',
    'jugador',
    'nome',
    'naam',
  ],
  number: [
    'number',
    'no',
    'nr',
    '#',
    'num',
    'jersey number',
    'shirt number',
    'nummer',
    'rückennummer',
    'numéro',
    'número',
    'numero',
    'dorsal',
  ],
  size: ['size', 'shirt size', 'größe', 'taille', 'talla', 'taglia', 'maat'],
  position: ['position', 'pos', 'posición', 'posizione', 'positie'],
  quantity: ['quantity', 'qty', 'count', 'anzahl', 'menge', 'quantité', 'cantidad', 'quantità', 'aantal'],
  notes: ['notes', 'note', 'remarks', 'comment', 'comments', 'bemerkung', 'bemerkungen', 'remarques', 'notas', 'opmerkingen'],
};

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .replace(/[.:*?]+$/, '')
    .trim();

const BY_HEADING: ReadonlyMap<string, RosterColumn> = new Map(
  ROSTER_COLUMNS.flatMap((column) => HEADINGS[column].map((heading) => [heading, column] as const)),
);

/** What a column of a team's list is by its heading, whatever its capitals; null when it is nothing of a roster. */
export const rosterColumn = (heading: string): RosterColumn | null => BY_HEADING.get(plain(heading)) ?? null;
