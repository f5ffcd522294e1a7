import Link from '@docusaurus/Link';
import { useDocsVersion } from '@docusaurus/plugin-content-docs/client';
import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import board from '../../examples/pitfalls/scoreboard/scoreboard.json';
import '../css/scoreboard.css';
import { ScrollingTable } from './ScrollingTable.tsx';

type Row = (typeof board.rows)[number];

/** Which cache keeps which promise, as the last run of the kit has recorded. */
export function Scoreboard(): JSX.Element {
  return (
    <ScrollingTable className="scoreboard">
      <thead>
        <tr>
          <th scope="col">
            {translate({
              id: 'dirtyBit.scoreboard.cache',
              message: 'Cache',
              description: 'Heads the column with the caches on the scoreboard',
            })}
          </th>
          {board.promises.map((promise) => (
            <th key={promise} scope="col">
              {promise}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {board.rows.map((row) => (
          <ScoreboardRow key={row.cache} row={row} />
        ))}
      </tbody>
    </ScrollingTable>
  );
}

function ScoreboardRow({ row }: { row: Row }): JSX.Element {
  const { cache, about, states } = row;
  return (
    <tr>
      <th scope="row">
        <CacheName cache={cache} />
      </th>
      {states.map((state, index) => {
        const promise = board.promises[index] ?? '';
        return (
          <td
            key={promise}
            className={`scoreboard__${state.replace(' ', '-')}`}
            data-about={about.includes(promise as never)}
          >
            <span aria-hidden="true">{signs[state] ?? '–'}</span>
            <span className="scoreboard__word">{nameOf(state)}</span>
          </td>
        );
      })}
    </tr>
  );
}

/** A version of a pitfall leads to its page, whose title names the mistake. */
function CacheName({ cache }: { cache: string }): JSX.Element {
  const { docs } = useDocsVersion();
  const [, page = cache, version] =
    /^(pitfalls\/.+)\/(broken|fixed)$/.exec(cache) ?? [];
  const title = docs[page]?.title;
  if (title === undefined || version === undefined) {
    const [path = cache, addition] = cache.split(' with ');
    return (
      <Link to={`/${path}/`}>
        {docs[path]?.title ?? path}
        {addition && withJournal()}
      </Link>
    );
  }
  return version === 'fixed' ? (
    <span className="scoreboard__fixed">{fixedName()}</span>
  ) : (
    <Link to={`/${page}/`}>{title}</Link>
  );
}

const signs: Readonly<Record<string, string>> = { kept: '✓', broken: '✗' };

function nameOf(state: string): string {
  if (state === 'kept') {
    return translate({
      id: 'dirtyBit.scoreboard.kept',
      message: 'kept',
      description: 'On the scoreboard: the cache keeps the promise',
    });
  }
  if (state === 'broken') {
    return translate({
      id: 'dirtyBit.scoreboard.broken',
      message: 'broken',
      description: 'On the scoreboard: the cache breaks the promise',
    });
  }
  return translate({
    id: 'dirtyBit.scoreboard.notAsked',
    message: 'not asked',
    description: 'On the scoreboard: the cache makes no such promise',
  });
}

function fixedName(): string {
  return translate({
    id: 'dirtyBit.scoreboard.fixed',
    message: 'the same, mended',
    description: 'On the scoreboard, below a broken cache: its mended version',
  });
}

function withJournal(): string {
  return translate({
    id: 'dirtyBit.scoreboard.withJournal',
    message: ', with a journal',
    description: 'On the scoreboard, after the name of the cache',
  });
}
