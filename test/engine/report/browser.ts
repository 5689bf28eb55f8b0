// A headless browser for pages of reports and of the console.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { onPath } from '../../support/programs';
import { ROOT } from '../../support/sources';

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** Bundles the page as it is now, and opens a browser. */
export function launched(): Promise<Browser> {
  const built = spawnSync(process.execPath, [path.join(ROOT, 'tools', 'bundle-console.js')], { encoding: 'utf8' });
  expect(built.stderr).toBe('');
  return chromium.launch({ executablePath: onPath('chromium') ?? '', args: ARGS.split(' ') });
}

/** A page with all that it complained of, and all that it asked for. */
export interface Opened {
  readonly page: Page;
  readonly complaints: string[];
  readonly asked: string[];
}

export async function opened(browser: Browser, url: string, scheme: 'light' | 'dark' = 'light'): Promise<Opened> {
  const page = await browser.newPage({ colorScheme: scheme, viewport: { width: 1200, height: 800 } });
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (fault) => complaints.push(String(fault.stack)));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(url);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  return { page, complaints, asked };
}

/** What the accessibility checks of axe find. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
  });
}

export function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.textContent');
}
