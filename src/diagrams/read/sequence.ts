import { DiagramError } from '../diagram-error.ts';
import type {
  Head,
  Line,
  Message,
  Note,
  Sequence,
  SequenceEvent,
} from '../model.ts';
import { linesOf } from './label.ts';

export interface SequenceDatabase {
  readonly LINETYPE: Readonly<Record<string, number>>;
  readonly PLACEMENT: Readonly<Record<string, number>>;
  getActors(): ReadonlyMap<string, Actor>;
  getMessages(): readonly Entry[];
  getCreatedActors(): ReadonlyMap<string, unknown>;
  getDestroyedActors(): ReadonlyMap<string, unknown>;
}

interface Actor {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly links: Readonly<Record<string, unknown>>;
}

/** Mermaid's entries are messages, notes, and all that happens between them. */
interface Entry {
  readonly type: number;
  readonly from?: string;
  readonly to?: string;
  readonly message: unknown;
  readonly placement?: number;
  readonly centralConnection?: number;
}

export function readSequence(database: SequenceDatabase): Sequence {
  refuseWhatIsNotDrawn(database);
  const typeNames = namesOf(database.LINETYPE);
  const placements = namesOf(database.PLACEMENT);
  return {
    participants: [...database.getActors()].map(([id, actor]) => ({
      id,
      label: linesOf(actor.description),
      isPerson: isPerson(actor),
    })),
    events: database
      .getMessages()
      .map((entry) =>
        readEntry(
          entry,
          typeNames.get(entry.type) ?? String(entry.type),
          placements.get(entry.placement ?? -1),
        ),
      ),
  };
}

function namesOf(
  numbers: Readonly<Record<string, number>>,
): ReadonlyMap<number, string> {
  return new Map(Object.entries(numbers).map(([name, value]) => [value, name]));
}

function refuseWhatIsNotDrawn(database: SequenceDatabase): void {
  if (
    database.getCreatedActors().size + database.getDestroyedActors().size >
    0
  ) {
    throw new DiagramError('`create` and `destroy` are not drawn');
  }
  for (const { name, links } of database.getActors().values()) {
    if (Object.keys(links).length > 0) {
      throw new DiagramError(
        `the links of \`${name}\` are not drawn; put them into the text`,
      );
    }
  }
}

function isPerson({ name, type }: Actor): boolean {
  if (type === 'participant' || type === 'actor') return type === 'actor';
  throw new DiagramError(
    `the participant \`${name}\` is a \`${type}\`; only \`participant\` and \`actor\` are drawn`,
  );
}

function readEntry(
  entry: Entry,
  type: string,
  placement: string | undefined,
): SequenceEvent {
  const label = linesOf(typeof entry.message === 'string' ? entry.message : '');
  const { from = '', to = '' } = entry;

  const arrow = arrows[type];
  if (arrow !== undefined && !entry.centralConnection) {
    return { type: 'message', from, to, label, ...arrow };
  }
  const side = sides[placement ?? ''];
  if (type === 'NOTE' && side !== undefined) {
    const participants =
      from === to ? ([from] as const) : ([from, to] as const);
    return { type: 'note', side, participants, label };
  }
  if (type === 'ACTIVE_START') return { type: 'activate', id: from };
  if (type === 'ACTIVE_END') return { type: 'deactivate', id: from };
  const block = /^(LOOP|ALT|OPT|PAR|CRITICAL|BREAK)_(\w+)$/.exec(type);
  const [, keyword = '', part] = block ?? [];
  if (part === 'START') {
    return { type: 'block', keyword: keyword.toLowerCase(), label };
  }
  if (part === 'END') return { type: 'end' };
  if (part !== undefined) return { type: 'divider', label };
  throw new DiagramError(refusals[type] ?? `\`${type}\` is not drawn`);
}

const refusals: Readonly<Record<string, string>> = {
  RECT_START: '`rect` has a colour of its own, which cannot suit both themes',
  PAR_OVER_START: '`par_over` is not drawn; use `par`',
  AUTONUMBER: '`autonumber` is not drawn; number the labels in the text',
};

const sides: Readonly<Record<string, Note['side']>> = {
  LEFTOF: 'left',
  RIGHTOF: 'right',
  OVER: 'over',
};

const arrows: Readonly<
  Record<string, Pick<Message, 'line' | 'fromHead' | 'toHead'>>
> = {
  SOLID: arrow('solid', 'arrow'),
  DOTTED: arrow('dashed', 'arrow'),
  SOLID_CROSS: arrow('solid', 'cross'),
  DOTTED_CROSS: arrow('dashed', 'cross'),
  SOLID_POINT: arrow('solid', 'open'),
  DOTTED_POINT: arrow('dashed', 'open'),
  SOLID_OPEN: arrow('solid', 'none'),
  DOTTED_OPEN: arrow('dashed', 'none'),
  BIDIRECTIONAL_SOLID: arrow('solid', 'arrow', 'arrow'),
  BIDIRECTIONAL_DOTTED: arrow('dashed', 'arrow', 'arrow'),
};

function arrow(line: Line, toHead: Head, fromHead: Head = 'none') {
  return { line, toHead, fromHead };
}
