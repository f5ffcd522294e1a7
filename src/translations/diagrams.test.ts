import { describe, expect, it } from 'vitest';
import { readStructure } from './diagrams.ts';

const described = 'accTitle: A title\n  accDescr: What it says.';

async function structureOf(source: string): Promise<readonly string[]> {
  return (await readStructure(source)).structure;
}

describe('two diagrams have the same structure when', () => {
  it.each([
    [
      'the labels of a flowchart differ',
      'flowchart TD\n a["Cache"] -->|yes| b{"Store?"}\n b -.-> c',
      'flowchart TD\n a["キャッシュ"] -->|はい| b{"ストア<br/>ですか"}\n b -.-> c["終わり"]',
    ],
    [
      'a translation gives labels to nodes that had none',
      'stateDiagram-v2\n [*] --> Pending\n Pending --> Writing: taken',
      'stateDiagram-v2\n state "処理中" as Writing\n state "待機" as Pending\n [*] --> Pending\n Pending --> Writing: 取得',
    ],
    [
      'the participants of a sequence have other names',
      'sequenceDiagram\n participant C as Client\n participant S as Store\n C->>S: write\n Note over C,S: later\n loop always\n S-->>C: done\n end',
      'sequenceDiagram\n participant C as Máy khách\n participant S as Kho\n C->>S: ghi\n Note over C,S: sau đó\n loop mãi mãi\n S-->>C: xong\n end',
    ],
    [
      'classes have labels, and their relations other words',
      'classDiagram\n class Cache {\n  get(key)\n }\n Cache "1" --> "many" Store : writes',
      'classDiagram\n class Cache["キャッシュ"] {\n  get(key)\n }\n class Store["ストア"]\n Cache "1" --> "多数" Store : 書き込む',
    ],
    [
      'entities are called otherwise',
      'erDiagram\n USER ||--o{ ORDER : places\n USER {\n  string id PK "the key"\n }',
      'erDiagram\n USER["利用者"] {\n  string id PK "主キー"\n }\n USER ||--o{ ORDER : 注文する',
    ],
    [
      'a chart of another kind is in another language',
      'pie title Time\n "waiting" : 90\n "working" : 10',
      'pie title 時間\n "待機" : 90\n "処理" : 10',
    ],
  ])('%s', async (_, english, translation) => {
    expect(await structureOf(translation)).toEqual(await structureOf(english));
  });
});

describe('two diagrams differ in structure when', () => {
  it.each([
    [
      'an arrow is of another kind',
      'flowchart TD\n a --> b',
      'flowchart TD\n a -.-> b',
    ],
    [
      'a node has another shape',
      'flowchart TD\n a[x] --> b',
      'flowchart TD\n a(x) --> b',
    ],
    [
      'a label is lost',
      'flowchart TD\n a -->|yes| b',
      'flowchart TD\n a --> b',
    ],
    ['it runs another way', 'flowchart TD\n a --> b', 'flowchart LR\n a --> b'],
    [
      'a message is answered before it is sent',
      'sequenceDiagram\n A->>B: x\n B-->>A: y',
      'sequenceDiagram\n A->>B: x\n A-->>B: y',
    ],
    [
      'participants stand in another order',
      'sequenceDiagram\n participant A\n participant B\n A->>B: x',
      'sequenceDiagram\n participant B\n participant A\n A->>B: x',
    ],
    [
      'a member of a class is renamed',
      'classDiagram\n class A {\n  get(key)\n }',
      'classDiagram\n class A {\n  read(key)\n }',
    ],
    [
      'a multiplicity changes',
      'classDiagram\n A "1" --> "0..*" B',
      'classDiagram\n A "1" --> "1" B',
    ],
    ['a figure in a chart changes', 'pie\n "a" : 90', 'pie\n "a" : 80'],
  ])('%s', async (_, english, translation) => {
    expect(await structureOf(translation)).not.toEqual(
      await structureOf(english),
    );
  });
});

it('tells the words on a diagram, those for people who do not see it first', async () => {
  const { labels } = await readStructure(
    `flowchart TD\n  ${described}\n  a["in the<br/>cache?"] -->|yes| b[hit]`,
  );
  expect(labels).toEqual([
    'A title',
    'What it says.',
    'in the cache?',
    'hit',
    'yes',
  ]);
});

it('says why a diagram cannot be read', async () => {
  const { error } = await readStructure('flowchart TD\n a --> [');
  expect(error).toBeDefined();
});
