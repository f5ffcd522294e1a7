/** What a diagram says, with nothing yet about where things stand. */

/** The lines of a label. */
export type Lines = readonly string[];

/** Flowcharts, classes, states and entities are all nodes with edges. */
export interface Graph {
  readonly direction: Direction;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export type Direction = 'TB' | 'BT' | 'LR' | 'RL';

export interface GraphNode {
  readonly id: string;
  /** The id of the group that it stands in. */
  readonly parent: string | undefined;
  readonly shape: Shape;
  readonly emphasis: Emphasis | undefined;
  /** Of the nodes inside, where this is a group that has its own. */
  readonly direction: Direction | undefined;
  /** From top to bottom, with a rule between two. */
  readonly sections: readonly Section[];
}

export type Shape =
  | 'rectangle'
  | 'rounded'
  | 'stadium'
  | 'circle'
  | 'diamond'
  | 'hexagon'
  | 'cylinder'
  | 'subroutine'
  | 'start'
  | 'end'
  | 'bar'
  | 'note'
  | 'group';

export const emphases = ['accent', 'warning', 'muted'] as const;
export type Emphasis = (typeof emphases)[number];

/** Rows whose cells stand below one another. */
export type Section = readonly Row[];

export interface Row {
  readonly style: TextStyle;
  readonly cells: readonly string[];
}

/** `beside` is for what stands at a line, and not in a box. */
export type TextStyle =
  | 'label'
  | 'name'
  | 'small'
  | 'beside'
  | 'member'
  | 'abstract'
  | 'static';

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: Lines;
  /** Beside the ends, such as multiplicities. */
  readonly fromLabel: Lines;
  readonly toLabel: Lines;
  readonly line: Line;
  readonly fromHead: Head;
  readonly toHead: Head;
}

export type Line = 'solid' | 'dashed' | 'thick';

export type Head =
  | 'none'
  | 'arrow'
  | 'open'
  | 'cross'
  | 'circle'
  | 'triangle'
  | 'diamond'
  | 'hollow-diamond'
  | 'one'
  | 'zero-or-one'
  | 'one-or-more'
  | 'zero-or-more';

export interface Sequence {
  readonly participants: readonly Participant[];
  /** In the order of time. */
  readonly events: readonly SequenceEvent[];
}

export interface Participant {
  readonly id: string;
  readonly label: Lines;
  /** A person, drawn as one. */
  readonly isPerson: boolean;
}

export type SequenceEvent =
  | Message
  | Note
  | { readonly type: 'activate' | 'deactivate'; readonly id: string }
  | BlockStart
  | { readonly type: 'divider'; readonly label: Lines }
  | { readonly type: 'end' };

export interface Message {
  readonly type: 'message';
  readonly from: string;
  readonly to: string;
  readonly label: Lines;
  readonly line: Line;
  readonly fromHead: Head;
  readonly toHead: Head;
}

export interface Note {
  readonly type: 'note';
  readonly side: 'left' | 'right' | 'over';
  /** One, or the two that it spans. */
  readonly participants: readonly [string] | readonly [string, string];
  readonly label: Lines;
}

export interface BlockStart {
  readonly type: 'block';
  /** `loop`, `alt` … as UML writes it in the corner of the frame. */
  readonly keyword: string;
  readonly label: Lines;
}
