import { DiagramError } from '../diagram-error.ts';
import type { Graph, Row, Section, TextStyle } from '../model.ts';
import {
  type GraphDatabase,
  labelSections,
  type MermaidNode,
  readGraph,
} from './graph.ts';
import { linesOf, plainText } from './label.ts';

export function readClass(database: GraphDatabase): Graph {
  return readGraph(database, {
    shapes: { classBox: 'rectangle', note: 'note' },
    sections: (node) =>
      node.shape === 'classBox'
        ? sectionsOf(node as ClassNode)
        : labelSections(linesOf(node.label)),
  });
}

type ClassNode = MermaidNode & {
  readonly text: string;
  readonly annotations: readonly string[];
  readonly members: readonly Member[];
  readonly methods: readonly Member[];
};

interface Member {
  readonly text: string;
  readonly classifier: '' | '*' | '$';
}

function sectionsOf(node: ClassNode): Section[] {
  const header: Row[] = [
    ...node.annotations.map(
      (text): Row => ({ style: 'small', cells: [`«${plainText(text)}»`] }),
    ),
    ...linesOf(node.text).map(
      (line): Row => ({ style: 'name', cells: [line] }),
    ),
  ];
  return [
    header,
    ...[node.members, node.methods]
      .filter((members) => members.length > 0)
      .map((members) => members.map(readMember)),
  ];
}

function readMember({ text, classifier }: Member): Row {
  // Mermaid escapes the sign of visibility, since it takes the text as Markdown.
  const member = plainText(text.replace(/^\\/, '')).replace(') : ', '): ');
  if (member.includes('~', 1)) {
    throw new DiagramError(
      `the generics of \`${member}\` are not understood: Mermaid cannot nest a list of types; name the inner type instead`,
    );
  }
  return { style: memberStyles[classifier], cells: [member] };
}

const memberStyles: Readonly<Record<Member['classifier'], TextStyle>> = {
  '': 'member',
  '*': 'abstract',
  $: 'static',
};
