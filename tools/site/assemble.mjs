// Gathers the Markdown of the repository into one folder that VitePress builds: links between pages stay links
// between pages, links to other files lead to the repository.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { FOUND, JOURNEY } from './journey.mjs';

const REPOSITORY = 'https://github.com/holdfast-backup/holdfast/blob/main';

/** What git knows, so that what lies about by chance is not published. */
function tracked(root, ...folders) {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...folders], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && fs.existsSync(path.join(root, file)));
}

/** Where a file of the repository stands in the site. */
export function addressOf(file) {
  if (file === 'README.md') {
    return 'index.md';
  }
  const plain = file
    .toLowerCase()
    .replace(/^docs\//, '')
    .replace(/^engine\/src\/domain\//, 'specs/');
  return plain.replace(/\/readme\.md$/, '.md');
}

/** The first heading of a page, without its marks. */
export function headingOf(text, otherwise) {
  return (/^# (.+)$/m.exec(text)?.[1] ?? otherwise).replaceAll('`', '');
}

/** Sections with their pages: those of the journey that the repository has, then those that are found. */
export function sectionsOf(root) {
  const named = JOURNEY.map(({ section, pages }) => ({
    section,
    pages: pages.filter(([file]) => fs.existsSync(path.join(root, file))).map(([file, title]) => ({ file, title })),
  }));
  const found = FOUND.map(({ section, folder }) => ({
    section,
    folded: true,
    pages: tracked(root, folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => ({ file, title: headingOf(fs.readFileSync(path.join(root, file), 'utf8'), file) })),
  }));
  return [...named, ...found];
}

/** What stands outside of code, changed; code as it is. */
function outsideCode(text, change) {
  return text
    .split(/(^ {0,3}(?:```|~~~)[\s\S]*?^ {0,3}(?:```|~~~)\s*$|`[^`\n]+`)/m)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
}

/** The page with its links turned: `known` has each file that is a page and its address. */
export function turnLinks(text, file, known, root) {
  const turned = (target) => {
    if (/^(?:[a-z]+:|#)/.test(target)) {
      return target;
    }
    const [given = '', anchor] = target.split('#');
    const inRepository = path.posix.normalize(path.posix.join(path.posix.dirname(file), given)).replace(/\/$/, '');
    const isFolder = fs.existsSync(path.join(root, inRepository, 'README.md'));
    const page = known.get(inRepository) ?? (isFolder ? known.get(`${inRepository}/README.md`) : undefined);
    const suffix = anchor === undefined ? '' : `#${anchor}`;
    if (page !== undefined) {
      return `/${page}${suffix}`;
    }
    if (!fs.existsSync(path.join(root, inRepository))) {
      throw new Error(`${file}: must link to what the repository has, got ${target}`);
    }
    return `${REPOSITORY}/${inRepository}${suffix}`;
  };
  // An image stands beside its page, as in the repository.
  return outsideCode(text, (part) =>
    part
      .replaceAll('{{', '&#123;&#123;')
      .replaceAll(/(!\[[^\]]*)?\]\(([^)\s]+)\)/g, (link, image, target) =>
        image === undefined ? `](${turned(target)})` : link,
      ),
  );
}

/** Images that a page shows, copied beside it. */
function copyImages(text, file, root, to) {
  for (const [, target] of text.matchAll(/!\[[^\]]*\]\(([^)\s]+)\)/g)) {
    if (target !== undefined && !/^[a-z]+:/.test(target)) {
      const from = path.join(root, path.dirname(file), target);
      const copy = path.join(to, path.dirname(addressOf(file)), target);
      fs.mkdirSync(path.dirname(copy), { recursive: true });
      fs.copyFileSync(from, copy);
    }
  }
}

/** Writes all pages to a folder; gives the side bar. */
export function assemble(root, to) {
  fs.rmSync(to, { recursive: true, force: true });
  const sections = sectionsOf(root);
  const files = sections.flatMap(({ pages }) => pages.map(({ file }) => file));
  const known = new Map(files.map((file) => [file, addressOf(file)]));
  for (const file of files) {
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    const page = path.join(to, addressOf(file));
    fs.mkdirSync(path.dirname(page), { recursive: true });
    copyImages(text, file, root, to);
    fs.writeFileSync(page, turnLinks(text, file, known, root));
  }
  copySchemas(root, to);
  return sections.map(({ section, folded, pages }) => ({
    text: section,
    ...(folded === true ? { collapsed: true } : {}),
    items: pages.map(({ file, title }) => ({ text: title, link: `/${addressOf(file).replace(/\.md$/, '')}` })),
  }));
}

/** The schemas of JSON outputs, to be fetched by the names that the outputs give. */
function copySchemas(root, to) {
  const folder = path.join(to, 'public', 'schemas');
  fs.mkdirSync(folder, { recursive: true });
  for (const file of tracked(root, 'docs/schemas', 'docs/blueprint.schema.json')) {
    fs.copyFileSync(path.join(root, file), path.join(folder, path.basename(file)));
  }
}
