/**
 * `holdfast check`: every rule over every declaration, and which plans protect what.
 *
 * Pure: prints through the host.
 * Source   design.md section 2, `check --format json`.
 */
import type { Finding, ResourceCoverage } from '@holdfast/model';
import { Coverage } from '@holdfast/model';
import type { Command } from 'commander';
import type { CommandHost } from '../host/terminal';
import type { NotRead } from '../ingest/artifact';
import { factsText } from './facts-text';
import { countsText, findingsText, notReadText } from './finding-text';
import { fails } from './findings';
import { load } from './load';
import { addCommonFlags, CommonFlags } from './options';
import { print } from './print';
import { grouped, table } from './tables';

/** One row of the coverage, in the words of the contract. */
export interface CoverageRow {
  readonly resource: string;
  readonly type: string;
  readonly plans: readonly string[];
  readonly reason?: string;
}

/** What `check --format json` prints. */
export interface CheckAnswer {
  readonly schema: 'holdfast.check/1';
  readonly findings: readonly Finding[];
  readonly coverage: readonly CoverageRow[];
  readonly notRead: readonly NotRead[];
}

/** Longer tables than this are for machines: the text shows the first rows and says how many follow. */
const MOST_ROWS = 50;

export function addCheck(program: Command, host: CommandHost, exit: (code: number) => void): void {
  addCommonFlags(program.command('check'))
    .description('hold every rule against every declaration, and say which plans protect which resource')
    .action((artifacts: string[], flags: CommonFlags) => exit(check(artifacts, flags, host)));
}

function check(artifacts: readonly string[], flags: CommonFlags, host: CommandHost): number {
  const { estate, notRead, findings } = load(artifacts, flags, host);
  const answer: CheckAnswer = {
    schema: 'holdfast.check/1',
    findings,
    coverage: Coverage.rows(estate).map(coverageRow),
    notRead,
  };
  print(flags.format, answer, checkText, host);
  return fails(findings, flags.failOn) ? 1 : 0;
}

function coverageRow({ resourceArn, resourceType, plans, reason }: ResourceCoverage): CoverageRow {
  return { resource: resourceArn, type: resourceType, plans, ...(reason !== undefined && { reason }) };
}

function checkText(answer: CheckAnswer): string[] {
  return [
    ...findingsText(answer.findings),
    ...coverageText(answer.coverage),
    ...notReadText(answer.notRead),
    ...factsText(answer.findings),
    countsText(answer.findings),
  ];
}

/** Unprotected resources first: they are why somebody asks. */
export function coverageText(coverage: readonly CoverageRow[]): string[] {
  if (coverage.length === 0) {
    return ['coverage: no resource that holds data was declared'];
  }
  const bare = coverage.filter((row) => row.plans.length === 0);
  const covered = coverage.filter((row) => row.plans.length > 0);
  return [
    `coverage: ${grouped(covered.length)} of ${grouped(coverage.length)} resources are protected`,
    ...rowsText(['not protected', 'type', 'why'], bare, (row) => row.reason ?? ''),
    ...rowsText(['protected', 'type', 'plans'], covered, (row) => row.plans.join(', ')),
  ];
}

function rowsText(head: string[], rows: readonly CoverageRow[], last: (row: CoverageRow) => string): string[] {
  if (rows.length === 0) {
    return [];
  }
  const shown = rows.slice(0, MOST_ROWS).map((row) => [row.resource, row.type, last(row)]);
  const more = rows.length - shown.length;
  return [table(head, shown) + (more > 0 ? `\n  and ${grouped(more)} more; --format json lists all` : '')];
}
