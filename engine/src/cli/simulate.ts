/**
 * `holdfast simulate`: what AWS Backup will have done after N days.
 *
 * Pure: prints through the host.
 * Source   design.md section 2, `simulate --format json`.
 */
import type { Command } from 'commander';
import type { VaultCount } from '../domain/views';
import type { CommandHost } from '../host/terminal';
import { Simulation, simulationOf } from '../report/simulation';
import { countsText, findingsText, notReadText } from './finding-text';
import { fails } from './findings';
import { addRunFlags, RunFlags } from './options';
import { print } from './print';
import { run } from './run';
import { grouped, plural, table } from './tables';

export function addSimulate(program: Command, host: CommandHost, exit: (code: number) => void): void {
  addRunFlags(program.command('simulate'))
    .description('run the estate on a virtual clock and say what AWS Backup will have done')
    .action((artifacts: string[], flags: RunFlags) => exit(simulate(artifacts, flags, host)));
}

function simulate(artifacts: readonly string[], flags: RunFlags, host: CommandHost): number {
  const { state, findings, notRead } = run(artifacts, flags, host);
  const answer = simulationOf(state.summary(), findings, notRead, state.digest());
  print(flags.format, answer, simulationText, host);
  return fails(findings, flags.failOn) ? 1 : 0;
}

function simulationText(answer: Simulation): string[] {
  const { created, deleted, live, liveWarm, liveCold, byVault } = answer.recoveryPoints;
  return [
    `${answer.from} to ${answer.to}, ${plural(answer.resources.total, 'resource')}, seed ${answer.seed}`,
    ...countTable('resources', answer.resources.byType, 'type'),
    ...countTable('backup jobs', answer.backupJobs, 'state'),
    ...countTable('copy jobs', answer.copyJobs, 'state'),
    ...countTable('restore jobs', answer.restoreJobs, 'state'),
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
    `${countsText(answer.findings)}\n${answer.digest}`,
  ];
}

function countTable(title: string, counts: Readonly<Record<string, number>>, noun: string): string[] {
  const rows = Object.entries(counts).map(([name, number]) => [name, grouped(number)]);
  return rows.length === 0 ? [] : [[title, table([noun, 'count'], rows, ['left', 'right'])].join('\n')];
}

function vaultTable(byVault: Readonly<Record<string, VaultCount>>): string[] {
  const rows = Object.entries(byVault).map(([arn, { live, warm, cold }]) => [arn, ...[live, warm, cold].map(grouped)]);
  const aligns = ['left', 'right', 'right', 'right'] as const;
  return rows.length === 0 ? [] : [['vaults', table(['vault', 'live', 'warm', 'cold'], rows, aligns)].join('\n')];
}
