/**
 * The page of reports and of the console, from where the build put it.
 *
 * Owns     nothing: files in, texts out.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { PageAssets } from '../report/pages/html';

/** Beside the compiled engine; the same from its sources. */
const FOLDER = path.join(__dirname, '..', '..', 'build', 'console');

/** @throws Error when the package was not built whole */
export function pageAssets(): PageAssets {
  const read = (name: string) => fs.readFileSync(path.join(FOLDER, name), 'utf8');
  try {
    return { script: read('main.js'), style: read('style.css') };
  } catch (fault) {
    throw new Error(`the page was not built with the package: ${(fault as Error).message}`);
  }
}
