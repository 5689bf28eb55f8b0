import * as fs from 'node:fs';
import * as path from 'node:path';
import { factsOf } from '../../tools/facts';
import { BEHAVIOURS, behaviours, heldBy, titlesOf, VECTORS, vectorsHeldBy } from '../../tools/fidelity';
import { reasonsOut, rulesById, titles } from '../../tools/generate-fidelity';
import { ROOT } from '../support/sources';

const page = fs.readFileSync(path.join(ROOT, 'docs/facts.md'), 'utf8');
const held = heldBy(titles());
const out = reasonsOut();

test('every behaviour has its row in docs/facts.md', () => {
  const known = new Set(factsOf(page).map(({ id }) => id));
  expect(behaviours().filter((id) => !known.has(id))).toEqual([]);
  expect(Object.keys(BEHAVIOURS)).toHaveLength(46);
});

test('what has a reason to be out is a behaviour that no test and no rule holds', () => {
  const rules = rulesById();
  const known = new Set(behaviours());
  expect(Object.keys(out).filter((id) => !known.has(id) || held.has(id) || rules.has(id))).toEqual([]);
  expect(Object.entries(out).filter(([, reason]) => reason.length < 20)).toEqual([]);
});

test('titles that cite a behaviour cite one that there is', () => {
  const known = new Set(factsOf(page).map(({ id }) => id));
  expect([...held.keys()].filter((id) => !known.has(id))).toEqual([]);
});

test('titles that name a vector name one that there is', () => {
  expect([...vectorsHeldBy(titles()).keys()].filter((number) => number > VECTORS.length)).toEqual([]);
});

test('titles are found in every form of a test', () => {
  const text = [
    "test('one thing (B2.1/1)', () => {});",
    'describe("vector 3: it\'s so", () => {});',
    "test.each([1, 2])('both of %p (B2.1/2, B2.1/3)', () => {});",
    "test.each([\n  ['a', call(1)],\n])('rows of %p (B2.2/1 to B2.2/2)', () => {});",
  ].join('\n');
  expect(titlesOf('f', text).map(({ title }) => title)).toEqual([
    'one thing (B2.1/1)',
    "vector 3: it's so",
    'both of %p (B2.1/2, B2.1/3)',
    'rows of %p (B2.2/1 to B2.2/2)',
  ]);
  expect([...heldBy(titlesOf('f', text)).keys()]).toEqual(['B2.1/1', 'B2.1/2', 'B2.1/3', 'B2.2/1', 'B2.2/2']);
});

test('every behaviour is held by a test or a rule, or says why it is not', () => {
  const rules = rulesById();
  expect(behaviours().filter((id) => !held.has(id) && !rules.has(id) && out[id] === undefined)).toEqual([]);
});
