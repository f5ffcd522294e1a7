import { translate } from '@docusaurus/Translate';
import type { Feature, Verdict } from './features.ts';

export function featureTexts(): Readonly<Record<Feature, string>> {
  return {
    coalescing: translate({
      id: 'dirtyBit.libraries.coalescing',
      message: 'Coalescing',
      description: 'A feature in the comparison of libraries',
    }),
    order: translate({
      id: 'dirtyBit.libraries.order',
      message: 'Order within a key',
      description: 'A feature in the comparison of libraries',
    }),
    retry: translate({
      id: 'dirtyBit.libraries.retry',
      message: 'Retries',
      description: 'A feature in the comparison of libraries',
    }),
    backoff: translate({
      id: 'dirtyBit.libraries.backoff',
      message: 'Backoff',
      description: 'A feature in the comparison of libraries',
    }),
    'dead-letter': translate({
      id: 'dirtyBit.libraries.deadLetter',
      message: 'Dead letters',
      description: 'A feature in the comparison of libraries',
    }),
    bound: translate({
      id: 'dirtyBit.libraries.bound',
      message: 'Bounded queue',
      description: 'A feature in the comparison of libraries',
    }),
    durable: translate({
      id: 'dirtyBit.libraries.durable',
      message: 'Durable queue',
      description: 'A feature in the comparison of libraries',
    }),
    partial: translate({
      id: 'dirtyBit.libraries.partial',
      message: 'Partial failure',
      description: 'A feature in the comparison of libraries',
    }),
    eviction: translate({
      id: 'dirtyBit.libraries.eviction',
      message: 'Eviction',
      description: 'A feature in the comparison of libraries',
    }),
    drain: translate({
      id: 'dirtyBit.libraries.drain',
      message: 'Drain',
      description: 'A feature in the comparison of libraries',
    }),
    fencing: translate({
      id: 'dirtyBit.libraries.fencing',
      message: 'Fencing',
      description: 'A feature in the comparison of libraries',
    }),
    'compare-and-set': translate({
      id: 'dirtyBit.libraries.compareAndSet',
      message: 'Compare-and-set',
      description: 'A feature in the comparison of libraries',
    }),
    flush: translate({
      id: 'dirtyBit.libraries.flush',
      message: 'Flush',
      description: 'A feature in the comparison of libraries',
    }),
  };
}

/** The word beside the sign of a verdict. */
export function verdictTexts(): Readonly<Record<Verdict, string>> {
  return {
    yes: translate({
      id: 'dirtyBit.libraries.verdict.yes',
      message: 'yes',
      description: 'Whether a library has a feature',
    }),
    part: translate({
      id: 'dirtyBit.libraries.verdict.part',
      message: 'in part',
      description: 'Whether a library has a feature',
    }),
    no: translate({
      id: 'dirtyBit.libraries.verdict.no',
      message: 'no',
      description: 'Whether a library has a feature',
    }),
    needless: translate({
      id: 'dirtyBit.libraries.verdict.needless',
      message: 'not needed',
      description: 'Whether a library has a feature',
    }),
    unverified: translate({
      id: 'dirtyBit.libraries.verdict.unverified',
      message: 'not verified',
      description: 'Whether a library has a feature',
    }),
  };
}
