/**
 * Secrets of Secrets Manager, each with its versions and their stages.
 *
 * Owns     the secrets by account, Region and name.
 * Units    `…At` are Instants.
 * Source   API of Secrets Manager 2017-10-17; user guide, "What's in a Secrets Manager secret?": AWSCURRENT, AWSPREVIOUS.
 * Spec     secrets.md
 */
import type { Environment } from '@holdfast/model';
import type { Instant } from '../kernel/instant';
import { generatedHex } from './generated-ids';
import { Shelf } from './shelf';
import type { TagMap } from './tags';

export const CURRENT = 'AWSCURRENT';
export const PREVIOUS = 'AWSPREVIOUS';

export interface SecretVersion {
  readonly id: string;
  readonly text: string | undefined;
  readonly binary: Uint8Array | undefined;
  readonly createdAt: Instant;
  /** Labels of the version; one without any is deprecated, and goes. */
  readonly stages: Set<string>;
}

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Instant;
  description: string | undefined;
  keyId: string | undefined;
  changedAt: Instant;
  /** When it was deleted, with a while to bring it back. */
  deletedAt: Instant | undefined;
  /** When it is gone for good. */
  goneAt: Instant | undefined;
  policy: string | undefined;
  tags: TagMap;
  /** By id. */
  readonly versions: Map<string, SecretVersion>;
}

export class Secrets {
  private readonly shelf = new Shelf<Secret>();
  /** How often each name was made. */
  private readonly counts = new Map<string, number>();

  /** By name, by ARN, or by an ARN without the characters that Secrets Manager adds. */
  tryFind(env: Environment, nameOrArn: string, now: Instant): Secret | undefined {
    const all = this.list(env, now);
    return all.find(({ name, arn }) => name === nameOrArn || arn === nameOrArn || arn.slice(0, -7) === nameOrArn);
  }

  /** All that are not gone for good, by name in ascending order. */
  list(env: Environment, now: Instant): Secret[] {
    return this.shelf.list(env).filter(({ goneAt }) => goneAt === undefined || goneAt > now);
  }

  put(env: Environment, secret: Secret): Secret {
    return this.shelf.put(env, secret.name, secret);
  }

  remove(env: Environment, { name }: Secret): void {
    this.shelf.remove(env, name);
  }

  /** Source: user guide: six characters after the name, so that who may read one of a name may not read the next. */
  arnFor(env: Environment, name: string): string {
    const { partition, region, account } = env;
    const stem = `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}`;
    const count = (this.counts.get(stem) ?? 0) + 1;
    this.counts.set(stem, count);
    return `${stem}-${generatedHex('secret', env, `${name}#${count}`, 6)}`;
  }
}

/** Gives a stage to a version; whoever had AWSCURRENT before has AWSPREVIOUS then. */
export function moveStage({ versions }: Secret, stage: string, to: SecretVersion | undefined): void {
  const before = [...versions.values()].find(({ stages }) => stages.has(stage));
  if (before === to) {
    return;
  }
  before?.stages.delete(stage);
  to?.stages.add(stage);
  if (stage === CURRENT && before !== undefined) {
    for (const version of versions.values()) {
      version.stages.delete(PREVIOUS);
    }
    before.stages.add(PREVIOUS);
  }
}
