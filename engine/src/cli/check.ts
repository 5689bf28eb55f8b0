/**
 * `holdfast check`: every rule over every declaration, and which plans protect what.
 *
 * Pure: prints through the host.
 * Source   design.md section 2, `check --format json`.
 */
import type { ResourceCoverage } from '@holdfast/model';
import { Coverage } from '@holdfast/model';
import type { Command } from 'commander';
import type { CommandHost } from '../host/terminal';
import type { NotRead } from '../ingest/artifact';
import { DeclaredStandard, declaredFor } from '../report/evidence/evidence';
import { IdentifiedFinding, identified } from '../report/identified';
import { junitXml } from '../report/junit';
import { sarifLog } from '../report/sarif';
import { baselineOf, baselineText, Compared, comparedWith, openOf, readBaseline, withBaseline } from './baseline';
import { DeclaredLines } from './declared-lines';
import { declaredText } from './evidence-text';
import { factsText } from './facts-text';
import { countsText, findingsText, notReadText } from './finding-text';
import { fails } from './findings';
import { load } from './load';
import { addCommonFlags, addStandardFlag, CommonFlags } from './options';
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
  readonly findings: readonly IdentifiedFinding[];
  /** Given with `--baseline` alone. */
  readonly baseline?: Compared;
  readonly coverage: readonly CoverageRow[];
  readonly notRead: readonly NotRead[];
  /** Given with `--standard` alone. */
  readonly compliance?: readonly DeclaredStandard[];
}

/** Longer tables than this are for machines: the text shows the first rows and says how many follow. */
const MOST_ROWS = 50;

const FORMATS = ['text', 'json', 'sarif', 'junit', 'baseline'] as const;

interface CheckFlags extends Omit<CommonFlags, 'format'> {
  readonly format: (typeof FORMATS)[number];
  readonly baseline?: string;
}

export function addCheck(program: Command, host: CommandHost, exit: (code: number) => void): void {
  addStandardFlag(addCommonFlags(program.command('check'), FORMATS))
    .description('hold every rule against every declaration, and say which plans protect which resource')
    .option('--baseline <file>', 'findings that were there before, as --format baseline prints them: they fail nothing')
    .action((artifacts: string[], flags: CheckFlags) => exit(check(artifacts, flags, host)));
}

function check(artifacts: readonly string[], flags: CheckFlags, host: CommandHost): number {
  const { estate, notRead, findings: found } = load(artifacts, flags, host);
  const all = identified(found);
  const before = flags.baseline === undefined ? undefined : readBaseline(flags.baseline, host.files);
  const findings = before === undefined ? all : withBaseline(all, before);
  const open = openOf(findings);
  const { format, failOn } = flags;
  if (format === 'text' || format === 'json') {
    const compared = before && comparedWith(flags.baseline ?? '', findings, before);
    const coverage = Coverage.rows(estate).map(coverageRow);
    const compliance = flags.standard && declaredFor(flags.standard, estate, findings);
    const answer: CheckAnswer = {
      schema: 'holdfast.check/1',
      findings,
      ...(compared && { baseline: compared }),
      coverage,
      notRead,
      ...(compliance && { compliance }),
    };
    print(format, answer, checkText, host);
  } else if (format === 'junit') {
    const counts = (finding: IdentifiedFinding) => fails(openOf([finding]), failOn);
    host.stdout.write(junitXml({ findings, fails: counts, artifacts }));
  } else {
    const [artifact = ''] = artifacts;
    const answer = format === 'sarif' ? sarifOf(findings, artifact, before !== undefined, host) : baselineOf(findings);
    host.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  }
  return format !== 'baseline' && fails(open, failOn) ? 1 : 0;
}

function sarifOf(
  findings: readonly IdentifiedFinding[],
  artifact: string,
  compared: boolean,
  host: CommandHost,
): object {
  const lines = new DeclaredLines(host.files);
  const lineOf = (file: string, place: string) => lines.of(file, place);
  return sarifLog({ version: host.version, findings, artifact, root: host.folder, lineOf, compared });
}

function coverageRow({ resourceArn, resourceType, plans, reason }: ResourceCoverage): CoverageRow {
  return { resource: resourceArn, type: resourceType, plans, ...(reason !== undefined && { reason }) };
}

function checkText({ findings, baseline, coverage, notRead, compliance = [] }: CheckAnswer): string[] {
  const told = findings.filter(({ known }) => known === undefined);
  return [
    ...findingsText(told),
    ...coverageText(coverage),
    ...notReadText(notRead),
    ...declaredText(compliance),
    ...factsText(told),
    ...(baseline === undefined ? [] : [baselineText(baseline)]),
    countsText(told),
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
