/**
 * The console: a page about a served World, and what it asks for.
 *
 * Pure: reads the World. The page has its numbers from here alone, and its script from this server alone;
 *          the overview, which takes longest, is asked for while the script comes.
 * Source   Content Security Policy Level 3.
 */
import { costPage } from '../cost/cost-page';
import { jobView } from '../domain/show';
import type { ContentState } from '../report/content-damage';
import { writeChapter } from '../report/pages/chapter';
import { Teller } from '../report/pages/chapters';
import { reportHtml } from '../report/pages/html';
import { overviewOf, Told } from '../report/pages/overview-of';
import { standingOf } from '../report/standing';
import type { Controlled } from './control';
import { ControlFault } from './control-body';
import type { WireAnswer } from './message';

/** Jobs that are shown. */
const LATEST = 200;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SAFE = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Holdfast</title>
<link rel="stylesheet" href="console.css">
<link rel="preload" href="report" as="fetch" crossorigin>
</head>
<body>
<div id="page"><noscript>The console needs JavaScript.</noscript></div>
<script src="console.js" defer></script>
</body>
</html>
`;

export function consolePage(): WireAnswer {
  return text(PAGE, 'text/html; charset=utf-8');
}

export function consoleScript({ pageAssets }: Controlled): WireAnswer {
  return text(pageAssets().script, 'text/javascript; charset=utf-8');
}

export function consoleStyle({ pageAssets }: Controlled): WireAnswer {
  return text(pageAssets().style, 'text/css; charset=utf-8');
}

/** The overview, or, by its number, one resource as a chapter. */
export function report(world: Controlled, _: unknown, what: string): unknown {
  const { chronicle, state } = world;
  if (what === '') {
    return overviewOf(world.chronicle, toldOf(world));
  }
  const number = /^\d{1,9}$/.test(what) ? Number(what) : NaN;
  if (!(number < state.ledger.resources.count)) {
    throw new ControlFault(`there is no resource '${what}' among ${state.ledger.resources.count}`, 404);
  }
  const body = writeChapter(new Teller(chronicle).chapter(number, 1));
  return { status: 200, headers: headersOf('application/octet-stream'), body } satisfies WireAnswer;
}

/** The World as a report, in one file that needs no server; after `verified`, all that was captured is read for it. */
export async function reportFile(world: Controlled, _: unknown, what: string): Promise<WireAnswer> {
  const content = await contentState(world, undefined, what === 'verified' ? 'verify' : what);
  const { faults, damage } = content;
  const told = { ...toldOf(world), content: faults.length === 0 && damage === null ? null : content };
  const headers = { 'content-disposition': 'attachment; filename="holdfast-report.html"', 'cache-control': 'no-store' };
  const body = new TextEncoder().encode(reportHtml(world.chronicle, told, world.pageAssets()));
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', ...SAFE, ...headers }, body };
}

function toldOf({ state, name }: Controlled): Told {
  return { ...standingOf(state), title: `World ${name}`, notRead: null, cost: costPage(state), evidence: null };
}

/** The latest jobs first. */
export function latestJobs({ state: { ledger } }: Controlled): object {
  const rows: number[] = [];
  for (const row of ledger.jobs.newestFirst()) {
    if (rows.push(row) === LATEST) {
      break;
    }
  }
  return { schema: 'holdfast.jobs/1', jobs: rows.map((row) => jobView(ledger, row)) };
}

export function latestEvents({ chronicle }: Controlled): object {
  return { schema: 'holdfast.events/1', events: chronicle.latest?.views() ?? [] };
}

/** What policies decided of calls and of the steps of jobs; nothing where they do not. */
export function latestDecisions({ state }: Controlled): object {
  const { enforceIam, ledger } = state;
  return { schema: 'holdfast.decisions/1', enforced: enforceIam, decisions: ledger.decisions.latest() };
}

/** What could not be done with contents; `content/verify` reads all that was captured, too. */
export async function contentState(
  world: Controlled,
  _: unknown,
  what: string,
): Promise<ContentState & { readonly schema: string }> {
  if (what !== '' && what !== 'verify') {
    throw new ControlFault(`content can be verified, and nothing else: got '${what}'`, 404);
  }
  const damage = what === '' ? null : await world.verifyContent();
  return { schema: 'holdfast.content/1', faults: world.contentFaults(), damage };
}

function text(content: string, type: string): WireAnswer {
  return { status: 200, headers: headersOf(type), body: new TextEncoder().encode(content) };
}

function headersOf(type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': POLICY,
    ...SAFE,
    'cache-control': 'no-store',
  };
}
