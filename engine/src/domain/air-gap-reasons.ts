/**
 * Why no logically air-gapped vault takes something: numbers and sentences, beside those of reasons.ts.
 *
 * Pure: constants and texts.
 * Source   B7.5/3, B7.6/4.
 * Spec     reasons.md
 */
import { maker, Reason, ReasonFacts, theirs } from './reason';

export const AIR_GAP_UNSUPPORTED = 30;
export const AIR_GAP_MANAGED_KEY = 32;
export const AIR_GAP_PLAIN_CLUSTER = 33;
export const COPY_AIR_GAP_UNSUPPORTED = 49;
export const COPY_AIR_GAP_MANAGED_KEY = 51;
export const COPY_AIR_GAP_PLAIN_CLUSTER = 53;

const NOT_SUPPORTED = 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT_NOT_SUPPORTED';

type Sentence = (facts: ReasonFacts) => string;

const unsupported: Sentence = (f) => `no logically air-gapped vault takes ${f.service}`;
const managedKey: Sentence = (f) => `${unsupported(f)} on a key that AWS manages`;
const plainCluster: Sentence = (f) => `${unsupported(f)} that is not encrypted`;

/** A backup stays in the standard vault. */
const madeHere = (why: Sentence): Reason => theirs(NOT_SUPPORTED, (f) => `${maker(f)} made it here: ${why(f)}`);

export const AIR_GAP_REASONS: Readonly<Record<number, Reason>> = {
  [AIR_GAP_UNSUPPORTED]: madeHere(unsupported),
  [AIR_GAP_MANAGED_KEY]: madeHere(managedKey),
  [AIR_GAP_PLAIN_CLUSTER]: madeHere(plainCluster),
  [COPY_AIR_GAP_UNSUPPORTED]: theirs(NOT_SUPPORTED, unsupported),
  [COPY_AIR_GAP_MANAGED_KEY]: theirs(NOT_SUPPORTED, managedKey),
  [COPY_AIR_GAP_PLAIN_CLUSTER]: theirs(NOT_SUPPORTED, plainCluster),
};
