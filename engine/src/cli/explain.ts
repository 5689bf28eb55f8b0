/**
 * `holdfast explain`: why each recovery point of a resource exists, where, and when it may first be deleted.
 *
 * Pure: prints through the host.
 * Source   design.md section 2, `explain`.
 */
import type { Estate, StatefulResource } from '@holdfast/model';
import type { Command } from 'commander';
import type { CommandHost } from '../host/terminal';
import { ExplainedJob, ExplainedPoint, Explanation, explanationOf } from '../report/explanation';
import { factsText } from './facts-text';
import { assumedText, countsText, findingsText } from './finding-text';
import { fails } from './findings';
import { addEnforceIamFlag, addRunFlags, requireFlags, RunFlags } from './options';
import { print } from './print';
import { run } from './run';
import { indent, plural } from './tables';
import { UsageError } from './usage-error';

interface ExplainFlags extends RunFlags {
  readonly resource: string;
}

/** How many ARNs a refusal shows. */
const SOME = 3;

export function addExplain(program: Command, host: CommandHost, exit: (code: number) => void): void {
  requireFlags(addEnforceIamFlag(addRunFlags(program.command('explain'))), 'resource')
    .description('say why each recovery point of a resource exists, where, and when it may first be deleted')
    .option('--resource <ARN>', 'ARN of a resource of the estate (required)')
    .action((artifacts: string[], flags: ExplainFlags) => exit(explain(artifacts, flags, host)));
}

function explain(artifacts: readonly string[], flags: ExplainFlags, host: CommandHost): number {
  const accept = (loaded: Estate): unknown => find(loaded, flags.resource);
  const { state, estate, findings, notRead, assumed } = run(artifacts, flags, host, { accept });
  const answer = explanationOf(find(estate, flags.resource), estate, state, findings, notRead, assumed);
  print(flags.format, answer, explainText, host);
  return fails(findings, flags.failOn) ? 1 : 0;
}

/** The resource of the estate with this ARN. */
function find(estate: Estate, arn: string): StatefulResource {
  const resources = estate.resources ?? [];
  const resource = resources.find((candidate) => candidate.arn === arn);
  if (resource !== undefined) {
    return resource;
  }
  const alike = resources.filter(({ name }) => name !== '' && arn.toLowerCase().endsWith(name.toLowerCase()));
  const shown = (alike.length > 0 ? alike : resources).slice(0, SOME).map((candidate) => candidate.arn);
  const hint = shown.length === 0 ? 'none was declared' : `e.g. ${shown.join(', ')}`;
  throw new UsageError(`--resource must be the ARN of a resource of the estate (${hint}), got '${arn}'`);
}

function explainText(answer: Explanation): string[] {
  const { resource, plans, reason } = answer;
  return [
    [
      `${resource.type} ${resource.name} (${resource.arn})`,
      `  ${reason === null ? `protected by ${plans.join(', ')}` : `not protected: ${reason}`}`,
      `  ${plural(answer.recoveryPoints.length, 'recovery point')} at ${answer.to}, seed ${answer.seed}`,
    ].join('\n'),
    ...answer.recoveryPoints.map(pointText),
    ...(answer.jobs.length === 0 ? [] : [jobsText(answer.jobs)]),
    ...findingsText(answer.findings),
    ...assumedText(answer.assumed),
    ...factsText(answer.findings),
    `${countsText(answer.findings)}\n${answer.digest}`,
  ];
}

function pointText(point: ExplainedPoint): string {
  const cold = point.moveToColdStorageAt;
  const now = `${point.storageClass.toLowerCase()}${point.continuous ? ', continuous' : ''}`;
  const lines = [
    `in       ${point.backupVaultArn}`,
    `since    ${point.createdAt}: ${point.why}`,
    `tier     ${point.storageClass === 'COLD' || cold === null ? now : `${now}, cold from ${cold}`}`,
    ...restoreLines(point),
    `until    ${point.deleteAt ?? 'for ever'}: ${point.whyUntil}`,
    `by hand  ${point.byHand}`,
  ];
  return [point.recoveryPointArn, indent(lines.join('\n'))].join('\n');
}

function restoreLines({ restoreMinutes, storageClass }: ExplainedPoint): string[] {
  const from = storageClass === 'COLD' ? ' from cold storage' : '';
  return restoreMinutes === null ? [] : [`restore  takes about ${plural(restoreMinutes, 'minute')}${from}`];
}

/** Jobs that ended alike share a paragraph: a rule that always fails fails every day. */
function jobsText(jobs: readonly ExplainedJob[]): string {
  const alike = new Map<string, ExplainedJob[]>();
  for (const job of jobs) {
    const key = [job.kind, job.state, job.backupVaultArn, job.why, job.statusMessage].join('\u0000');
    alike.set(key, [...(alike.get(key) ?? []), job]);
  }
  const paragraphs = [...alike.values()].map((group) => {
    const [first, last] = [group[0], group.at(-1)] as [ExplainedJob, ExplainedJob];
    const when = group.length === 1 ? first.createdAt : `${first.createdAt} to ${last.createdAt}`;
    const why = [first.why, first.statusMessage].filter((text) => text !== '').join('; ');
    const what = `${plural(group.length, `${first.kind} job`)} ${first.state} in ${first.backupVaultArn}`;
    return `${what}, ${when}\n  ${why}`;
  });
  return [`${plural(jobs.length, 'job')} without a recovery point`, indent(paragraphs.join('\n'))].join('\n');
}
