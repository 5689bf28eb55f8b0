/**
 * `holdfast attack`: tries every destructive action on everything, as each principal.
 *
 * Pure: prints through the host.
 * Source   design.md section 2, `attack`.
 */
import type { Command } from 'commander';
import { Attack, attack, Attempt, stopText, wayText } from '../attack/attack';
import type { StoppedChain } from '../attack/steps';
import { POLICY_WORDS } from '../domain/policy/texts';
import type { CommandHost } from '../host/terminal';
import type { Omission } from '../report/simulation';
import { addRunFlags, RunFlags } from './options';
import { print } from './print';
import { run } from './run';
import { indent, plural } from './tables';
import { UsageError } from './usage-error';

interface AttackFlags extends RunFlags {
  readonly as?: readonly string[];
}

/** What the command prints as JSON. */
export interface AttackAnswer extends Attack {
  readonly notRead: readonly Omission[];
}

/** Long enough that daily, weekly and monthly rules have made points to attack. */
const DAYS = 32;

export function addAttack(program: Command, host: CommandHost, exit: (code: number) => void): void {
  addRunFlags(program.command('attack'), DAYS)
    .description('try every destructive action as each principal: which statement stopped it, or that nothing did')
    .option('--as <ARN>', 'a principal: root user, user, role or session; repeatable', collect)
    .action((artifacts: string[], flags: AttackFlags) => exit(attackAll(artifacts, flags, host)));
}

function collect(given: string, before: readonly string[] = []): string[] {
  if (!given.startsWith('arn:')) {
    throw new UsageError(`--as must be the ARN of a root user, user, role or session, got '${given}'`);
  }
  return [...before, given];
}

function attackAll(artifacts: readonly string[], flags: AttackFlags, host: CommandHost): number {
  const { state, notRead } = run(artifacts, flags, host);
  const answer: AttackAnswer = { ...attacked(() => attack(state, flags.as)), notRead };
  print(flags.format, answer, attackText, host);
  return answer.counts.succeeded === 0 ? 0 : 1;
}

function attacked(what: () => Attack): Attack {
  try {
    return what();
  } catch (fault) {
    throw fault instanceof RangeError ? new UsageError(`--as: ${fault.message}`) : fault;
  }
}

function attackText(answer: AttackAnswer): string[] {
  const { attempts, stopped, succeeded } = answer.counts;
  return [
    ...answer.attackers.map((attacker) => {
      const own = answer.attempts.filter(({ principal }) => principal === attacker.principal);
      const supposed = attacker.supposed ? ', supposed to have every right that its account can give' : '';
      const chains = answer.stoppedChains.filter(({ principal }) => principal === attacker.principal);
      return [`as ${attacker.principal}${supposed}`, ...attemptsText(own), ...chainsText(chains)].join('\n');
    }),
    ...(answer.notRead.length === 0
      ? []
      : [`${plural(answer.notRead.length, 'declaration')} not read: their policies are not in force here`]),
    `${plural(attempts, 'attempt')} at ${answer.at}: ${stopped} stopped, ${succeeded} succeeded`,
  ];
}

function attemptsText(attempts: readonly Attempt[]): string[] {
  const succeeded = attempts.filter(({ succeeds }) => succeeds);
  const stopped = attempts.filter(({ succeeds }) => !succeeds);
  return [
    ...section('NOTHING STOPS', succeeded, ({ action, does, steps }) => {
      return `${action} (${does})${steps.length === 0 ? '' : `: ${wayText(steps)}`}`;
    }),
    ...section(
      'stopped',
      stopped,
      (attempt) => `${attempt.action}${attempt.stoppedBy?.kind === 'policy' ? ' by' : ':'} ${stopText(attempt)}`,
    ),
  ];
}

/** Steps to somebody else, or to more rights, that a statement stops. */
function chainsText(chains: readonly StoppedChain[]): string[] {
  return section('chains stopped at their first step', chains, ({ action, policyType, policy, statement }) => {
    return `${action} by ${statement ?? 'what cannot be read'} of the ${POLICY_WORDS[policyType]} ${policy ?? ''}`.trim();
  });
}

/** What says the same of different resources shares a line. */
function section<T extends OnResource>(title: string, attempts: readonly T[], line: (attempt: T) => string): string[] {
  const byLine = new Map<string, T[]>();
  for (const attempt of attempts) {
    byLine.set(line(attempt), [...(byLine.get(line(attempt)) ?? []), attempt]);
  }
  const lines = [...byLine].map(([text, alike]) => `${text}\n${indent(onText(alike))}`);
  return lines.length === 0 ? [] : [indent(title), indent(indent(lines.join('\n')))];
}

const SOME = 3;

/** What is on a resource, and on how many points of it. */
type OnResource = Pick<Attempt, 'resource'> & Partial<Pick<Attempt, 'points'>>;

function onText(alike: readonly OnResource[]): string {
  const shown = alike.slice(0, SOME).map(({ resource, points = 0 }) => {
    return points > 1 ? `on ${resource} and ${plural(points - 1, 'point')} like it` : `on ${resource}`;
  });
  return [...shown, ...(alike.length > SOME ? [`and on ${alike.length - SOME} more`] : [])].join('\n');
}
