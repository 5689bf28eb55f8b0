/**
 * A report as one file that needs no other and asks nothing of a network.
 *
 * Pure: a World and its chronicle in, text out.
 * Source   Content Security Policy Level 3: what the file says of itself forbids every request, and every script but its
 *          own, by its hash. Numbers and names are deflated and in base64, so that no name can be taken for markup.
 */
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { Chronicle } from '../chronicle/chronicle';
import { writeChapter } from './chapter';
import { CHAPTER_SIZE, Teller } from './chapters';
import { overviewOf, Told } from './overview-of';

/** What console/ was bundled to. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

export function reportHtml(chronicle: Chronicle, told: Told, assets: PageAssets): string {
  const overview = packed(new TextEncoder().encode(JSON.stringify(overviewOf(chronicle, told))));
  const teller = new Teller(chronicle);
  const chapters: string[] = [];
  for (let first = 0; first < chronicle.state.ledger.resources.count; first += CHAPTER_SIZE) {
    chapters.push(packed(writeChapter(teller.chapter(first))));
  }
  const script = inScript(assets.script);
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${createHash('sha256').update(script, 'utf8').digest('base64')}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(told.title)}</title>`,
    `<style>${assets.style}</style>`,
    '</head>',
    '<body>',
    '<div id="page"><noscript>This report needs JavaScript, of which it brings its own.</noscript></div>',
    `<script type="text/plain" id="overview">${overview}</script>`,
    ...chapters.map((chapter, number) => `<script type="text/plain" id="chapter-${number}">${chapter}</script>`),
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function packed(bytes: Uint8Array): string {
  return deflateRawSync(bytes, { level: 9 }).toString('base64');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** A script that ends itself early, or begins a comment, would be cut there. */
function inScript(text: string): string {
  return text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}
