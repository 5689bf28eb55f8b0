// The pages of the site as tools/site gathers them: links lead somewhere, and no page is forgotten.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT, trackedFiles } from '../support/sources';
import { temporaryFolder } from '../support/synth';

interface Section {
  readonly text: string;
  readonly items: { readonly text: string; readonly link: string }[];
}

const SCRIPT = `
import { assemble } from './tools/site/assemble.mjs';
console.log(JSON.stringify(assemble(process.cwd(), process.argv[1])));
`;

function assembled(to: string): Section[] {
  const printed = execFileSync('node', ['--input-type=module', '-e', SCRIPT, to], { cwd: ROOT, encoding: 'utf8' });
  return JSON.parse(printed) as Section[];
}

/** The links of a page that lead to other pages of the site. */
function linksOf(page: string): string[] {
  const text = fs.readFileSync(page, 'utf8').replaceAll(/^```.*?^```/gms, '');
  return [...text.matchAll(/\]\(\/([^)#\s]+)/g)].map(([, link]) => link ?? '');
}

test('every page leads to pages that are there, and every page of docs/ is on the side bar', () => {
  const folder = temporaryFolder('site');
  const sections = assembled(folder);
  const pages = sections.flatMap(({ items }) => items.map(({ link }) => `${link.slice(1)}.md`));
  const links = pages.flatMap((page) => linksOf(path.join(folder, page)).map((link) => [page, link] as const));
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter(([, link]) => !fs.existsSync(path.join(folder, link)))).toEqual([]);
  const ours = trackedFiles('docs').filter((file) => file.endsWith('.md'));
  const addresses = ours.map((file) => file.replace(/^docs\//, ''));
  expect(addresses.filter((address) => !pages.includes(address))).toEqual([]);
});

test('what looks like markup or a template outside of code stays text', () => {
  const folder = temporaryFolder('site');
  const pages = assembled(folder).flatMap(({ items }) => items.map(({ link }) => `${link.slice(1)}.md`));
  const texts = pages.map((page) => fs.readFileSync(path.join(folder, page), 'utf8'));
  const prose = texts.map((text) => text.replaceAll(/^ {0,3}```.*?^ {0,3}```/gms, '').replaceAll(/`[^`\n]+`/g, ''));
  expect(prose.filter((text) => text.includes('{{'))).toEqual([]);
});
