import Translate from '@docusaurus/Translate';
import useBaseUrl from '@docusaurus/useBaseUrl';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import { Fragment, type JSX, type ReactNode } from 'react';
import { fileAddress } from '../code-pages/address.ts';
import { commandFor, programOf } from '../snippets/recorded-output.ts';

/** Where the code of a snippet is from. */
export interface SnippetSource {
  /** A file, relative to the examples; absent for code of the page's own. */
  readonly example?: string;
  readonly region?: string;
  readonly title?: string;
  /** The name of its language; absent for plain text. */
  readonly language?: string;
}

interface Props extends SnippetSource {
  readonly id: string;
}

export function SnippetCaption(props: Props): JSX.Element {
  const { id, example, language, title } = props;
  return (
    <>
      <span id={id} className="snippet__source">
        {title !== undefined && <strong>{title}</strong>}
        {example !== undefined ? (
          <Origin example={example} />
        ) : (
          (language ?? <PlainText />)
        )}
      </span>
      {example !== undefined && <RepositoryLink example={example} />}
    </>
  );
}

function PlainText(): ReactNode {
  return (
    <Translate
      id="dirtyBit.snippet.text"
      description="Above text that is in no programming language"
    >
      Text
    </Translate>
  );
}

function Origin({ example }: { readonly example: string }): JSX.Element {
  const program = programOf(example);
  if (program === undefined) return <CodeLink example={example} />;
  return (
    <>
      <Translate
        id="dirtyBit.snippet.output"
        description="Above what an example prints; program is a path"
        values={{ program: <CodeLink example={program} /> }}
      >
        {'Output of {program}'}
      </Translate>
      <code className="snippet__command">{commandFor(program)}</code>
    </>
  );
}

function CodeLink({ example }: { readonly example: string }): JSX.Element {
  // Not a page of the site's router: its pages of code are made without one.
  return (
    <a className="snippet__path" href={useBaseUrl(fileAddress(example))}>
      {example.split('/').map((part, index) => (
        <Fragment key={part}>
          {index > 0 && (
            <>
              /<wbr />
            </>
          )}
          {part}
        </Fragment>
      ))}
    </a>
  );
}

function RepositoryLink({ example }: { readonly example: string }): ReactNode {
  const { customFields } = useDocusaurusContext().siteConfig;
  if (!customFields?.repository || !customFields.commit) return null;
  return (
    <a
      className="snippet__repository"
      href={`${customFields.repository}/blob/${customFields.commit}/examples/${example}`}
    >
      <Translate
        id="dirtyBit.snippet.repository"
        description="A link to the file in the repository"
      >
        Repository
      </Translate>
    </a>
  );
}
