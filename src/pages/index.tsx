import Link from '@docusaurus/Link';
import { translate } from '@docusaurus/Translate';
import Heading from '@theme/Heading';
import Layout from '@theme/Layout';
import MDXContent from '@theme/MDXContent';
import type { JSX } from 'react';
import Recorded from './_acknowledgements.mdx';
import styles from './index.module.css';

export default function Home(): JSX.Element {
  const title = translate({
    id: 'dirtyBit.home.title',
    message: 'Writing through caches, with code that runs',
    description: 'The title of the home page',
  });
  const summary = translate({
    id: 'dirtyBit.home.summary',
    message:
      'A guide to the ways an application can write through a cache, and above all to write-behind: the cache acknowledges a write at once, and the database learns of it later.',
    description: 'What the site is, on the home page and for search engines',
  });
  return (
    <Layout title={title} description={summary}>
      <main className={styles.home}>
        <header className={styles.claim}>
          <Heading as="h1">{title}</Heading>
          <p>{summary}</p>
        </header>
        <WaysIn />
        <Acknowledgements />
        <Claims />
      </main>
    </Layout>
  );
}

function WaysIn(): JSX.Element {
  const ways = [
    {
      to: '/strategies/write-behind/',
      name: translate({ id: 'dirtyBit.home.read', message: 'Read' }),
      text: translate({
        id: 'dirtyBit.home.read.text',
        message:
          'What write-behind buys, what it costs, and when to leave it alone.',
      }),
    },
    {
      to: '/start/quick-start/',
      name: translate({ id: 'dirtyBit.home.copy', message: 'Copy' }),
      text: translate({
        id: 'dirtyBit.home.copy.text',
        message: 'Run an example, and take its module into your own project.',
      }),
    },
    {
      to: '/contribute/examples/',
      name: translate({
        id: 'dirtyBit.home.contribute',
        message: 'Contribute',
      }),
      text: translate({
        id: 'dirtyBit.home.contribute.text',
        message: 'Add an example, mend a page, or improve a translation.',
      }),
    },
  ];
  return (
    <ul className={styles.ways}>
      {ways.map(({ to, name, text }) => (
        <li key={to}>
          <Link to={to}>
            <strong>{name}</strong>
            {text}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Acknowledgements(): JSX.Element {
  return (
    <section className={styles.section}>
      <Heading as="h2">
        {translate({
          id: 'dirtyBit.home.wait',
          message: 'How long the caller waits',
        })}
      </Heading>
      <p>
        {translate({
          id: 'dirtyBit.home.wait.text',
          message:
            'One service, written twice: before, it waits for the database; after, for the cache. Both ran, in virtual time, and this is what they printed.',
        })}
      </p>
      <MDXContent>
        <Recorded />
      </MDXContent>
    </section>
  );
}

function Claims(): JSX.Element {
  const claims = [
    {
      claim: translate({
        id: 'dirtyBit.home.code',
        message: 'Every line runs',
      }),
      proof: translate({
        id: 'dirtyBit.home.code.text',
        message:
          'Pages hold no code of their own. They show parts of files that the tests execute.',
      }),
    },
    {
      claim: translate({
        id: 'dirtyBit.home.output',
        message: 'Every output is recorded',
      }),
      proof: translate({
        id: 'dirtyBit.home.output.text',
        message:
          'What an example prints was taken from a run, and a test compares it with a new run every time.',
      }),
    },
    {
      claim: translate({
        id: 'dirtyBit.home.figures',
        message: 'Every figure is measured',
      }),
      proof: translate({
        id: 'dirtyBit.home.figures.text',
        message:
          'Or it is quoted with its source. What is neither is called an opinion.',
      }),
    },
    {
      claim: translate({
        id: 'dirtyBit.home.promises',
        message: 'Every promise is tested',
      }),
      proof: translate({
        id: 'dirtyBit.home.promises.text',
        message:
          'What a cache owes its callers has a number, and a test that fails without it.',
      }),
    },
  ];
  return (
    <section className={styles.section}>
      <Heading as="h2">
        {translate({
          id: 'dirtyBit.home.claims',
          message: 'What you can check',
        })}
      </Heading>
      <dl className={styles.claims}>
        {claims.map(({ claim, proof }) => (
          <div key={claim}>
            <dt>{claim}</dt>
            <dd>{proof}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
