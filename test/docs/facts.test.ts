import * as fs from 'node:fs';
import * as path from 'node:path';
import { RuleCatalog } from '@holdfast/model';
import { FACTS_PAGE } from '../../engine/src/cli/facts-text';
import { citedRows, citedSections, Fact, factAnchor, factsOf, idsOfSource, linkedSource } from '../../tools/facts';
import { heldBy } from '../../tools/fidelity';
import { titles } from '../../tools/generate-fidelity';
import { ROOT, trackedFiles } from '../support/sources';

const PAGE = 'docs/facts.md';
const page = read(PAGE);
const facts = factsOf(page);
const rows = facts.filter(({ text }) => text !== '');
const known = new Set(facts.map(({ id }) => id));

/** What may cite a fact: sources, their documents, and what stands in docs/. */
const citing = trackedFiles(
  'model',
  'lib',
  'provider',
  'nag',
  'engine',
  'docs',
  'tools',
  'README.md',
  'CONTRIBUTING.md',
)
  .filter((file) => /\.(ts|md|json)$/.test(file) && file !== PAGE && !file.startsWith('docs/schemas/'))
  .map((file) => ({ file, text: read(file) }));
const ofRules = RuleCatalog.all().flatMap(({ rule, source }) => idsOfSource(source).map((id) => ({ rule, id })));

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

test('every row that a source or a document cites is in docs/facts.md', () => {
  const missing = citing.flatMap(({ file, text }) =>
    citedRows(text).flatMap((id) => (known.has(id) ? [] : [`${file} cites ${id}`])),
  );
  expect(missing).toEqual([]);
});

test('every section that a source or a document cites is in docs/facts.md', () => {
  const missing = citing.flatMap(({ file, text }) =>
    citedSections(text).flatMap((id) => (known.has(id) ? [] : [`${file} cites ${id}`])),
  );
  expect(missing).toEqual([]);
});

test('every id in the source of a rule leads to an anchor of docs/facts.md', () => {
  const anchors = new Set([...page.matchAll(/<a id="([^"]+)">/g)].map(([, anchor]) => anchor));
  expect(anchors.size).toBeGreaterThan(100);
  expect(ofRules.filter(({ id }) => !anchors.has(factAnchor(id)))).toEqual([]);
});

test('every row is cited, held by a test, out with a reason, or says that it is not yet used', () => {
  // The page on fidelity lists every row, so that it is no use of one.
  const uses = citing.filter(({ file }) => file !== 'docs/fidelity.md').flatMap(({ text }) => citedRows(text));
  const cited = new Set([...uses, ...ofRules.map(({ id }) => id), ...heldBy(titles()).keys()]);
  const idle = rows.filter(({ id, text }) => !cited.has(id) && !text.includes('(not yet used)'));
  expect(idle.map(({ id }) => id)).toEqual([]);
});

test('a row that says that it is not yet used is not cited', () => {
  const cited = new Set([...citing.flatMap(({ text }) => citedRows(text)), ...ofRules.map(({ id }) => id)]);
  const used = rows.filter(({ id, text }) => cited.has(id) && text.includes('(not yet used)'));
  expect(used.map(({ id }) => id)).toEqual([]);
});

test('ids and anchors are unique, and the anchor follows from the id', () => {
  expect(repeated(facts.map(({ id }) => id))).toEqual([]);
  expect(repeated([...page.matchAll(/<a id="([^"]+)">/g)].map(([, anchor = '']) => anchor))).toEqual([]);
  expect(facts.filter(({ id, anchor }) => anchor !== factAnchor(id))).toEqual([]);
});

test('every row has a fact, where it comes from and how sure it is', () => {
  const incomplete = rows.filter(({ text }) => {
    const [fact = '', from = '', sure = '', ...more] = text.split(' | ');
    return fact.length < 10 || from === '' || !/^(two sources|one document|inferred)$/.test(sure) || more.length > 0;
  });
  expect(incomplete.map(({ id }: Fact) => id)).toEqual([]);
});

test('rows stand in the section that their id names, in order', () => {
  const numbered = [
    ...page.matchAll(/^(?:\| <a id="[^"]+"><\/a>`B(\d+\.\d+)\/(\d+)`|#+ <a id="[^"]+"><\/a>(\d[\d.]*) )/gm),
  ];
  let section = '';
  let last = 0;
  const stray = numbered.flatMap(([, inSection, number, heading]) => {
    if (heading !== undefined) {
      section = heading;
      last = 0;
      return [];
    }
    const fits = inSection === section && Number(number) > last;
    last = Number(number);
    return fits ? [] : [`B${inSection}/${number}`];
  });
  expect(stray).toEqual([]);
});

test('the commands lead to the page in the repository that the package names', () => {
  const { repository } = JSON.parse(read('engine/package.json')) as { repository: { url: string } };
  expect(FACTS_PAGE).toBe(`${repository.url.replace(/\.git$/, '')}/blob/main/${PAGE}`);
});

test('every page that a row names has its link, and every link is named', () => {
  const links = [...page.matchAll(/^\[([^\]]+)\]: https:\/\/docs\.aws\.amazon\.com\/\S+$/gm)].map(([, name]) => name);
  const text = page.replace(/`[^`]*`/g, '').replace(/^\[[^\]]+\]: .*$/gm, '');
  const named = [...text.matchAll(/\[([^\]]+)\](?!\()/g)].map(([, name]) => name);
  expect([...new Set(named)].sort()).toEqual([...links].sort());
});

// prettier-ignore
test.each([
  ['AWS Backup facts B3.4/2, B3.4/3', 'AWS Backup facts [B3.4/2](f.md#b3-4-2), [B3.4/3](f.md#b3-4-3)'],
  ['Assumed; AWS Backup facts B7.6/1', 'Assumed; AWS Backup facts [B7.6/1](f.md#b7-6-1)'],
  ['AWS Backup facts 2.1 RuleName, 15', 'AWS Backup facts [2.1 RuleName](f.md#b2-1-rulename), [15](f.md#b15)'],
  ['AWS Backup facts B6.3/6, feature table', 'AWS Backup facts [B6.3/6](f.md#b6-3-6), [feature table](f.md#feature-table)'],
  ['AWS Backup facts B2.3/2 and section 17', 'AWS Backup facts [B2.3/2](f.md#b2-3-2) and section [17](f.md#b17)'],
  ['AWS Backup facts 18 #8269', 'AWS Backup facts [18 #8269](f.md#b18-8269)'],
  ['inventory', 'inventory'],
])('the source %p of a rule is linked as %p', (source, linked) => {
  expect(linkedSource(source, 'f.md')).toBe(linked);
});

// prettier-ignore
test.each([
  ['Source B3.4/2, B3.4/3.',       ['B3.4/2', 'B3.4/3'],                     []],
  ['Source B3.4/2 to B3.4/5.',     ['B3.4/2', 'B3.4/3', 'B3.4/4', 'B3.4/5'], []],
  ['Source B3.1 to B3.3, B4.1/11', ['B4.1/11'],                              ['3.1', '3.3']],
  ['nothing here: AB3.1, B12',     [],                                       []],
])('%p cites the rows %p and the sections %p', (text, cited, sections) => {
  expect(citedRows(text)).toEqual(cited);
  expect(citedSections(text)).toEqual(sections);
});
