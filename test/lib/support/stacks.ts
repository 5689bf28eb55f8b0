import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';

/** A stack named `S` of a known account and Region. */
export function stackOf(context: Record<string, unknown> = {}): Stack {
  return new Stack(new App({ context }), 'S', { env: { account: '111122223333', region: 'eu-central-1' } });
}

/** The message of what a declaration throws; fails when nothing is thrown. */
export function refusal(declare: () => unknown): string {
  try {
    declare();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

/** The texts of a stack's annotations of one level, without the acknowledgement mark that CDK adds. */
export function annotations(stack: Stack, level: 'info' | 'warning'): string[] {
  const found = Annotations.fromStack(stack);
  const entries = level === 'info' ? found.findInfo('*', ANY) : found.findWarning('*', ANY);
  return entries.map(({ id, entry }) => `${id}: ${String(entry.data).replace(/ \[ack: [^\]]*\]$/, '')}`);
}

const ANY = Match.stringLikeRegexp('[\\s\\S]*');
