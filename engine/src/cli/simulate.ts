/**
 * `holdfast simulate`: what AWS Backup will have done after N days.
 *
 * Pure: prints through the host.
 * Source   design.md section 2, `simulate --format json`.
 */
import { Coverage } from '@holdfast/model';
import type { Command } from 'commander';
import { costPage } from '../cost/cost-page';
import type { VaultCount } from '../domain/views';
import type { WorldState } from '../domain/world-state';
import type { CommandHost } from '../host/terminal';
import { Chronicle } from '../report/chronicle/chronicle';
import { evidenceFor, findingsOfEvidence } from '../report/evidence/evidence';
import { reportHtml } from '../report/pages/html';
import { NotCompletedReason, NotCompleted, notCompletedOf } from '../report/not-completed';
import { Simulation, simulationOf } from '../report/simulation';
import { evidenceText } from './evidence-text';
import { assumedText, countsText, findingsText, notReadText } from './finding-text';
import { fails } from './findings';
import { addEnforceIamFlag, addRunFlags, addStandardFlag, RunFlags } from './options';
import { print, writeAs } from './print';
import { run } from './run';
import { grouped, indent, plural, table } from './tables';

interface SimulateFlags extends RunFlags {
  readonly report?: string;
}

export function addSimulate(program: Command, host: CommandHost, exit: (code: number) => void): void {
  addStandardFlag(addEnforceIamFlag(addRunFlags(program.command('simulate'))))
    .description('run the estate on a virtual clock and say what AWS Backup will have done')
    .option('--report <file>', 'write what happened as a page that opens without a network')
    .action((artifacts: string[], flags: SimulateFlags) => exit(simulate(artifacts, flags, host)));
}

function simulate(artifacts: readonly string[], flags: SimulateFlags, host: CommandHost): number {
  // Before the run, which may take minutes.
  const assets = flags.report === undefined ? undefined : host.pageAssets();
  let chronicle: Chronicle | undefined;
  const attend = (world: WorldState): void => {
    chronicle = new Chronicle(world, Chronicle.periodOf(flags.days));
  };
  const isTold = assets !== undefined || flags.standard !== undefined;
  const ran = run(artifacts, flags, host, isTold ? { attend } : {});
  const { state, estate, findings, notRead, accepted, assumed } = ran;
  const evidence = chronicle && flags.standard && evidenceFor(flags.standard, chronicle, estate, findings, accepted);
  const answer = simulationOf(state.summary(), findings, notRead, state.digest(), {
    assumed,
    evidence,
    notCompleted: notCompletedOf(state),
  });
  if (flags.report !== undefined && chronicle !== undefined && assets !== undefined) {
    const title = `Backups of ${artifacts.map((artifact) => artifact.split('/').at(-1)).join(', ')}`;
    const told = {
      title,
      estate,
      coverage: Coverage.rows(estate),
      findings,
      notRead,
      cost: costPage(state),
      evidence: evidence ?? null,
    };
    writeAs('--report', flags.report, reportHtml(chronicle, told, assets), host);
  }
  print(flags.format, answer, simulationText, host);
  return fails([...findings, ...findingsOfEvidence(evidence ?? [])], flags.failOn) ? 1 : 0;
}

function simulationText(answer: Simulation): string[] {
  const { created, deleted, live, liveWarm, liveCold, byVault } = answer.recoveryPoints;
  return [
    `${answer.from} to ${answer.to}, ${plural(answer.resources.total, 'resource')}, seed ${answer.seed}`,
    ...countTable('resources', answer.resources.byType, 'type'),
    ...countTable('backup jobs', answer.backupJobs, 'state'),
    ...countTable('copy jobs', answer.copyJobs, 'state'),
    ...countTable('restore jobs', answer.restoreJobs, 'state'),
    ...notCompletedText(answer.notCompleted),
    [
      'recovery points',
      table(
        ['created', 'deleted', 'live', 'warm', 'cold'],
        [[created, deleted, live, liveWarm, liveCold].map(grouped)],
        ['right', 'right', 'right', 'right', 'right'],
      ),
    ].join('\n'),
    ...vaultTable(byVault),
    ...findingsText(answer.findings),
    ...notReadText(answer.notRead),
    ...assumedText(answer.assumed),
    ...evidenceText(answer.evidence ?? []),
    `${countsText(answer.findings)}\n${answer.digest}`,
  ];
}

function countTable(title: string, counts: Readonly<Record<string, number>>, noun: string): string[] {
  const rows = Object.entries(counts).map(([name, number]) => [name, grouped(number)]);
  return rows.length === 0 ? [] : [[title, table([noun, 'count'], rows, ['left', 'right'])].join('\n')];
}

/** Each reason with how many jobs ended by it, in AWS's words and in a sentence about the latest of them. */
function notCompletedText(given: NotCompleted | undefined): string[] {
  if (given === undefined) {
    return [];
  }
  const { reasons, moreReasons, moreJobs } = given;
  const more = `  and ${plural(moreJobs, 'job')} of ${plural(moreReasons, 'further reason')}`;
  return [['jobs not completed', ...reasons.map(reasonText), ...(moreReasons > 0 ? [more] : [])].join('\n')];
}

function reasonText({ kind, state, resourceType, count, statusMessage, resourceArn, why }: NotCompletedReason): string {
  const texts = [statusMessage, why].filter((text) => text !== '');
  return indent(
    [`${plural(count, `${kind} job`)} of ${resourceType} ${state}`, ...texts.map(indent), `  e.g. ${resourceArn}`].join(
      '\n',
    ),
  );
}

function vaultTable(byVault: Readonly<Record<string, VaultCount>>): string[] {
  const rows = Object.entries(byVault).map(([arn, { live, warm, cold }]) => [arn, ...[live, warm, cold].map(grouped)]);
  const aligns = ['left', 'right', 'right', 'right'] as const;
  return rows.length === 0 ? [] : [['vaults', table(['vault', 'live', 'warm', 'cold'], rows, aligns)].join('\n')];
}
